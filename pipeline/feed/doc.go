// Package feed is where articles come from and where they go to: folders, standard input and output,
// article streams (NDJSON), tar and zip archives. Open makes a pipeline.Source of the paths that the
// user named; the other constructors make the sinks. Source and Sink of one container stand in one file.
//
// Names out of archives and streams are hostile: CheckName stands before anything is written under them.
package feed
