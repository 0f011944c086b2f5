// Judges the cases with golang.org/x/mod alone: go run judge_foreign.go CASES. It shares no code with Credence.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	least      = 10000 // of proofs and of mutants, or the judgement was empty
	leastGroup = 100
)

type foreignCase struct {
	Group, Label, Vkey string
	Entry, Proof       []byte
	From, To           int64
	FromRoot           string `json:"from_root"`
	ToRoot             string `json:"to_root"`
	Path               []string
}

func parseHash(text string) (hash tlog.Hash, err error) {
	bytes, err := base64.StdEncoding.Strict().DecodeString(text)
	if err == nil && len(bytes) != tlog.HashSize {
		err = errors.New("not a hash")
	}
	copy(hash[:], bytes)
	return hash, err
}

func parseHashes(lines []string) (hashes []tlog.Hash, err error) {
	for _, line := range lines {
		hash, err := parseHash(line)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, hash)
	}
	return hashes, nil
}

// The three lines of a checkpoint that is signed by the key of its origin.
func openCheckpoint(signed, vkey string) (size int64, root tlog.Hash, err error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return 0, root, err
	}
	opened, err := note.Open([]byte(signed), note.VerifierList(verifier))
	if err != nil {
		return 0, root, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return 0, root, errors.New("another origin")
	}
	if size, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return 0, root, err
	}
	root, err = parseHash(lines[2])
	return size, root, err
}

func checkInclusion(item foreignCase) error {
	head, signed, found := strings.Cut(string(item.Proof), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("not a tlog-proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	path, err := parseHashes(lines[2:])
	if err != nil {
		return err
	}
	size, root, err := openCheckpoint(signed, item.Vkey)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(path, size, root, index, tlog.RecordHash(item.Entry))
}

func checkConsistency(item foreignCase) error {
	path, err := parseHashes(item.Path)
	if err != nil {
		return err
	}
	oldRoot, err := parseHash(item.FromRoot)
	if err != nil {
		return err
	}
	newRoot, err := parseHash(item.ToRoot)
	if err != nil {
		return err
	}
	return tlog.CheckTree(path, item.To, newRoot, item.From, oldRoot)
}

func check(item foreignCase) error {
	if len(item.Proof) == 0 {
		return checkConsistency(item)
	}
	return checkInclusion(item)
}

type tally struct {
	judged, wrong  int
	labels, groups map[string]int
}

func judge(file *os.File) (tally, error) {
	count := tally{labels: map[string]int{}, groups: map[string]int{}}
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		var item foreignCase
		if err := json.Unmarshal(scanner.Bytes(), &item); err != nil {
			return count, err
		}
		count.judged++
		err := check(item)
		// x/mod ignores a repeated signature of one key, so it lets a doubled line pass.
		wanted := item.Label != "mutant"
		if (err == nil) != wanted {
			count.wrong++
			fmt.Printf("differs: %s, %s: %v\n%s\n", item.Group, item.Label, err, scanner.Text())
			continue
		}
		count.labels[item.Label]++
		count.groups[item.Group]++
	}
	return count, scanner.Err()
}

func report(count tally) (red bool) {
	var groups []string
	for group := range count.groups {
		groups = append(groups, group)
	}
	sort.Strings(groups)
	for _, group := range groups {
		fmt.Printf("%7d  %s\n", count.groups[group], group)
		if count.groups[group] < leastGroup {
			fmt.Printf("RED: fewer than %d of `%s`\n", leastGroup, group)
			red = true
		}
	}
	fmt.Printf("%d proofs accepted, %d mutants refused, %d let pass by x/mod's rules\n",
		count.labels["valid"], count.labels["mutant"], count.labels["lenient"])
	if count.labels["valid"] < least || count.labels["mutant"] < least {
		fmt.Printf("RED: fewer than %d of each were judged\n", least)
		red = true
	}
	if count.wrong > 0 {
		fmt.Printf("RED: %d of %d judgements differ\n", count.wrong, count.judged)
		red = true
	}
	return red
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run judge_foreign.go CASES")
		os.Exit(2)
	}
	file, err := os.Open(os.Args[1])
	if err == nil {
		defer file.Close()
		var count tally
		if count, err = judge(file); err == nil && !report(count) {
			return
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(1)
}
