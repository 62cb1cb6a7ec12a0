package render

import (
	"io"
	"slices"
	"strings"

	"github.com/olekukonko/tablewriter/tw"
)

// leastCell is the width below which no cell of a grid is cut.
const leastCell = 12

// Grid draws rows under headings, in o.Width columns in all where cutting cells
// other than the first of a row allows for it; with a width of 0 nothing is cut.
// A heading that ends with # is one of numbers. Cells are escaped.
func Grid(w io.Writer, headings []string, rows [][]string, o Options) error {
	head, align := make([]string, len(headings)), make([]tw.Align, len(headings))
	for c, heading := range headings {
		name, isNumber := strings.CutSuffix(heading, "#")
		head[c], align[c] = name, tw.AlignLeft
		if isNumber {
			align[c] = tw.AlignRight
		}
	}
	cells := [][]string{head}
	for _, row := range rows {
		row = slices.Clone(row)
		for c := range row {
			row[c] = steady(row[c])
		}
		cells = append(cells, row)
	}
	if o.Width > 0 {
		narrow(cells, o.columns())
	}
	lines := drawCells(cells, align)
	lines[0] = ink(o.Color).bold(lines[0])
	_, err := io.WriteString(w, strings.Join(lines, "\n")+"\n")
	return err
}

// narrow cuts the cells of the widest columns until all fit. Those of the first,
// which names its row, stay whole.
func narrow(cells [][]string, total int) {
	widths := make([]int, len(cells[0]))
	for _, row := range cells {
		for c, cell := range row {
			widths[c] = max(widths[c], width(cell))
		}
	}
	others := widths[1:]
	for most := slices.Max(others); most > leastCell && gridWidth(widths) > total; most-- {
		for c := range others {
			others[c] = min(others[c], most)
		}
	}
	for _, row := range cells {
		for c := range row {
			row[c] = cutEnd(row[c], max(1, widths[c]))
		}
	}
}

func gridWidth(widths []int) int {
	sum := gap * (len(widths) - 1)
	for _, n := range widths {
		sum += n
	}
	return sum
}

// drawCells sets cells, of which the first row is the heading.
func drawCells(cells [][]string, align []tw.Align) []string {
	var out strings.Builder
	tab := newTable(&out, align)
	tab.Header(cells[0])
	if err := tab.Bulk(cells[1:]); err != nil {
		panic("BUG: rows of strings are refused: " + err.Error())
	}
	if err := tab.Render(); err != nil {
		panic("BUG: a table of strings is not drawn: " + err.Error())
	}
	return trimmedLines(out.String())
}
