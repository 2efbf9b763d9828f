package report_test

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// sarifShapes are the objects of SARIF 2.1.0 that a log may have here: each member with its type, and
// "!" where the schema requires it. Types are those of JSON, "from1" (an integer from 1), "index" (from 0),
// "uri", words with | between them, another shape, or "[]" and a type.
var sarifShapes = map[string]map[string]string{
	"log": {"$schema": "uri!", "version": "2.1.0|!", "runs": "[]run!"},
	"run": {
		"tool": "tool!", "columnKind": "utf16CodeUnits|unicodeCodePoints", "newlineSequences": "[]string", "defaultEncoding": "string",
		"results": "[]result", "artifacts": "[]artifact", "invocations": "[]invocation",
	},
	"tool":    {"driver": "driver!"},
	"driver":  {"name": "string!", "version": "string", "rules": "[]rule"},
	"rule":    {"id": "string!", "name": "string", "shortDescription": "message", "fullDescription": "message", "help": "help", "defaultConfiguration": "default"},
	"default": {"level": "none|note|warning|error"},
	"message": {"text": "string!"},
	"help":    {"text": "string!", "markdown": "string"},
	"result": {
		"ruleId": "string", "ruleIndex": "index", "level": "none|note|warning|error", "message": "message!", "locations": "[]location",
		"relatedLocations": "[]location", "partialFingerprints": "prints", "fixes": "[]fix",
	},
	"prints":           {"primaryLocationLineHash": "string!"},
	"location":         {"physicalLocation": "physicalLocation", "message": "message"},
	"physicalLocation": {"artifactLocation": "artifactLocation!", "region": "region"},
	"artifactLocation": {"uri": "uri!", "uriBaseId": "string", "index": "index"},
	"region":           {"startLine": "from1!", "startColumn": "from1!", "endLine": "from1!", "endColumn": "from1!"},
	"fix":              {"description": "message", "artifactChanges": "[]change!", "properties": "properties"},
	"properties":       {"safety": "safe|unsafe|hint"},
	"change":           {"artifactLocation": "artifactLocation!", "replacements": "[]replacement!"},
	"replacement":      {"deletedRegion": "region!", "insertedContent": "message"},
	"artifact":         {"location": "artifactLocation", "encoding": "string"},
	"invocation":       {"executionSuccessful": "bool!", "toolExecutionNotifications": "[]notification"},
	"notification":     {"level": "none|note|warning|error", "message": "message!", "locations": "[]location"},
}

// validSARIF tells what a value at a path has that its type hasn't, or lacks.
func validSARIF(value any, kind, path string) error {
	if item, ok := strings.CutPrefix(kind, "[]"); ok {
		list, ok := value.([]any)
		if !ok {
			return fmt.Errorf("%s is no array", path)
		}
		for i, v := range list {
			if err := validSARIF(v, item, fmt.Sprintf("%s[%d]", path, i)); err != nil {
				return err
			}
		}
		return nil
	}
	if shape := sarifShapes[kind]; shape != nil {
		return validSARIFObject(value, shape, path)
	}
	ok := false
	switch v := value.(type) {
	case string:
		_, err := url.Parse(v)
		ok = kind == "string" || kind == "uri" && err == nil || slices.Contains(strings.Split(kind, "|"), v)
	case float64:
		ok = v == float64(int(v)) && (kind == "from1" && v >= 1 || kind == "index" && v >= 0)
	case bool:
		ok = kind == "bool"
	}
	if !ok {
		return fmt.Errorf("%s is %v, not %s", path, value, kind)
	}
	return nil
}

func validSARIFObject(value any, shape map[string]string, path string) error {
	object, ok := value.(map[string]any)
	if !ok {
		return fmt.Errorf("%s is no object", path)
	}
	for name, kind := range shape {
		if _, present := object[name]; !present && strings.HasSuffix(kind, "!") {
			return fmt.Errorf("%s has no %s", path, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		kind, known := shape[name]
		if !known {
			return fmt.Errorf("%s has a member %s", path, name)
		}
		if err := validSARIF(object[name], strings.TrimSuffix(kind, "!"), path+"."+name); err != nil {
			return err
		}
	}
	return nil
}
