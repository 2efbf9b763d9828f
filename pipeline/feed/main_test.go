package feed

import (
	"flag"
	"os"
)

var update = flag.Bool("update", false, "rewrite what the cases expect")

// here is the folder of the package: tests change the working folder.
var here, _ = os.Getwd()
