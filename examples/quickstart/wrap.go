package main

import "strings"

// wrap breaks a text into rows of at most so many columns, between words where it can. There is
// always a row, even of no text.
func wrap(text string, columns int) []string {
	var rows []string
	for line := range strings.SplitSeq(text, "\n") {
		rows = append(rows, wrapLine(line, columns)...)
	}
	return rows
}

func wrapLine(line string, columns int) []string {
	var rows []string
	start, word, used := 0, 0, 0 // the bytes where the row and its last word begin, and its columns so far
	for i, r := range line {
		if r == ' ' {
			used++ // spaces at the end of a row are not shown, so they need no room
			word = i + 1
			continue
		}
		for used > 0 && used+width(r) > columns {
			end := i
			if word > start {
				end = word
			}
			rows = append(rows, strings.TrimRight(line[start:end], " "))
			start, used = end, textWidth(line[end:i])
		}
		used += width(r)
	}
	return append(rows, strings.TrimRight(line[start:], " "))
}

// width returns the columns that a terminal needs for r at most. Terminals do not agree on what
// is wide, but it all begins at the Hangul letters. To take two columns for everything behind them
// may break a row early, never late.
func width(r rune) int {
	const hangul = 0x1100
	if r < hangul {
		return 1
	}
	return 2
}

func textWidth(text string) int {
	sum := 0
	for _, r := range text {
		sum += width(r)
	}
	return sum
}
