// Package jpeg decodes JPEG pictures (ITU-T T.81) to the sizes that are asked for, and encodes the results.
//
// A thumbnail is made without decoding the picture to pixels first. Lanczos resampling is linear and
// separable, and so is the inverse DCT: the weights of the kernel and the basis of the DCT are folded
// into one weight for every output sample, block and frequency. The low frequencies of each block go
// straight into a horizontal and a vertical pass; what is higher than the result can show is not even
// decoded. No inverse DCT, no planes, no upsampling, no conversion of colours, and partial blocks and
// odd sampling factors come out exact without special code.
//
//	input     the file, or its beginning and a window of the rest (input.go)
//	headers   of the file: frame, tables, scans (markers.go, frame.go, tables.go)
//	unstuff   entropy-coded data into a clean buffer, up to the next marker (bits.go, restart.go)
//	Huffman   one look-up for a code and its value, others that take several symbols at once (huffman.go, lookup.go)
//	scans     sequential (sequential.go, block.go) and progressive (progressive.go, refine.go)
//	sinks     weights, rows of low frequencies, horizontal and vertical pass (weights.go, lanes.go, across.go, sink.go)
//	pixels    a full decode, where a result is not much smaller than the picture (pixels.go, idct.go)
//	room      that one picture after the other is decoded in (workspace.go)
//	results   turned upright, as planes of Y'CbCr 4:2:0, which the encoder takes (turn.go, colour.go, encode*.go)
//
// Damaged files give what browsers show: missing data is gray, and lost restart markers are found
// again as libjpeg does it. Nothing in a file makes it take more than the memory that Memory tells.
package jpeg
