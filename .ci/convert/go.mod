// What copydesk converts with, beside the library that its users would take else.
module copydesk/ci/convert

go 1.26.0

require (
	copydesk v0.0.0
	github.com/JohannesKaufmann/html-to-markdown/v2 v2.5.2
)

require (
	github.com/JohannesKaufmann/dom v0.3.1 // indirect
	github.com/yuin/goldmark v1.8.7 // indirect
	golang.org/x/net v0.62.0 // indirect
)

replace copydesk => ../..
