// Package schema holds front matter to a JSON Schema, drafts 4 to 2020-12, and tells what is wrong with it
// in words, with the place of the key or value.
//
// A Loader reads schemas from the files of one folder, in JSON or YAML, and from the ones that are built in;
// nothing comes from a network, and no file from outside the folder. Check gives Faults, in the order of
// their place. Formats are asserted, and patterns are those of ECMA-262.
//
// An Inference goes the other way: it makes a schema of the front matter of any number of articles, which
// accepts each of them.
package schema
