package label

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"math"
)

// drawPNG writes a picture of one bit a dot with the pages one below the other (PNG, third edition). It says its
// resolution, so that it prints at its own size. Package image/png would look at each dot by itself and can't write the
// resolution; a bitmap's rows are already what the format wants.
func drawPNG(pages []*page) ([]byte, error) {
	rows := make([]byte, 0, len(pages)*pages[0].height*(1+pages[0].width/8+1))
	for _, p := range pages {
		b := drawDots(p)
		for y := range b.height {
			rows = append(rows, 0) // no filter
			for _, eight := range b.row(y) {
				rows = append(rows, ^eight) // in a PNG a set bit is white
			}
		}
	}
	var packed bytes.Buffer
	packer := zlib.NewWriter(&packed)
	if _, err := packer.Write(rows); err != nil {
		return nil, err
	}
	if err := packer.Close(); err != nil {
		return nil, err
	}

	header := binary.BigEndian.AppendUint32(nil, uint32(pages[0].width))
	header = binary.BigEndian.AppendUint32(header, uint32(pages[0].height*len(pages)))
	header = append(header, 1, 0, 0, 0, 0) // one bit, greyscale
	perMetre := uint32(math.Round(float64(pages[0].dpi) / 0.0254))
	resolution := binary.BigEndian.AppendUint32(nil, perMetre)
	resolution = append(binary.BigEndian.AppendUint32(resolution, perMetre), 1)

	out := append(make([]byte, 0, packed.Len()+96), "\x89PNG\r\n\x1a\n"...)
	out = appendChunk(out, "IHDR", header)
	out = appendChunk(out, "pHYs", resolution)
	out = appendChunk(out, "IDAT", packed.Bytes())
	return appendChunk(out, "IEND", nil), nil
}

// appendChunk writes length, name, data and checksum.
func appendChunk(out []byte, name string, data []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
	start := len(out)
	out = append(append(out, name...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[start:]))
}
