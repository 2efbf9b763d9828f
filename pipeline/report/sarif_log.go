package report

// The parts of a SARIF 2.1.0 log that this package writes, with the names of the specification
// (docs.oasis-open.org/sarif/sarif/v2.1.0). The log itself and its one run are written as a stream.

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name    string      `json:"name"`
	Version jsonText    `json:"version,omitempty"`
	Rules   []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID      jsonText      `json:"id"`
	Name    jsonText      `json:"name,omitempty"`
	Short   *sarifMessage `json:"shortDescription,omitempty"`
	Full    *sarifMessage `json:"fullDescription,omitempty"` // GitHub's code scanning asks for it
	Help    *sarifHelp    `json:"help,omitempty"`
	Default sarifDefault  `json:"defaultConfiguration"`
}

// sarifHelp says the same twice, for viewers that show Markdown and for those that don't.
type sarifHelp struct {
	Text     jsonText `json:"text"`
	Markdown jsonText `json:"markdown"`
}

type sarifDefault struct {
	Level string `json:"level"`
}

type sarifMessage struct {
	Text jsonText `json:"text"`
}

type sarifResult struct {
	RuleID       jsonText          `json:"ruleId"`
	RuleIndex    *int              `json:"ruleIndex,omitempty"`
	Level        string            `json:"level"`
	Message      sarifMessage      `json:"message"`
	Locations    []sarifLocation   `json:"locations"`
	Related      []sarifLocation   `json:"relatedLocations,omitempty"`
	Fingerprints map[string]string `json:"partialFingerprints"`
	Fixes        []sarifFix        `json:"fixes,omitempty"`
}

type sarifLocation struct {
	Physical sarifPhysical `json:"physicalLocation"`
	Message  *sarifMessage `json:"message,omitempty"`
}

type sarifPhysical struct {
	Artifact sarifArtifactLocation `json:"artifactLocation"`
	Region   *sarifRegion          `json:"region,omitempty"`
}

type sarifArtifactLocation struct {
	URI   string `json:"uri"`
	Base  string `json:"uriBaseId,omitempty"`
	Index *int   `json:"index,omitempty"`
}

// sarifRegion counts from 1, columns in code points; the end is exclusive.
type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
	EndLine     int `json:"endLine"`
	EndColumn   int `json:"endColumn"`
}

type sarifFix struct {
	Description sarifMessage       `json:"description"`
	Changes     []sarifChange      `json:"artifactChanges"`
	Properties  sarifFixProperties `json:"properties"`
}

type sarifFixProperties struct {
	Safety string `json:"safety"`
}

type sarifChange struct {
	Artifact     sarifArtifactLocation `json:"artifactLocation"`
	Replacements []sarifReplacement    `json:"replacements"`
}

type sarifReplacement struct {
	Deleted  sarifRegion  `json:"deletedRegion"`
	Inserted sarifContent `json:"insertedContent"`
}

type sarifContent struct {
	Text jsonText `json:"text"`
}

type sarifArtifact struct {
	Location sarifArtifactLocation `json:"location"`
	Encoding jsonText              `json:"encoding,omitempty"`
}

type sarifInvocation struct {
	Successful    bool                `json:"executionSuccessful"`
	Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
}

type sarifNotification struct {
	Level     string          `json:"level"`
	Message   sarifMessage    `json:"message"`
	Locations []sarifLocation `json:"locations,omitempty"`
}
