package humanrail

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// quickstart has the Go blocks of the quickstart document, as they stand.
type quickstart struct{ program, handler, snippet string }

func readQuickstart(t *testing.T) quickstart {
	t.Helper()
	path := os.Getenv("HUMANRAIL_QUICKSTART")
	if path == "" {
		t.Skip("HUMANRAIL_QUICKSTART does not name the quickstart document, so its code is not run.")
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	for _, part := range strings.Split(string(text), "\nGo\n")[1:] {
		blocks = append(blocks, codeOf(part))
	}
	if len(blocks) != 3 {
		t.Fatalf("the document has %d blocks of Go, not 3", len(blocks))
	}
	return quickstart{blocks[0], blocks[1], blocks[2]}
}

var prose = regexp.MustCompile(`^[A-Z]`)

// codeOf ends where prose begins: no line of the code begins with a capital letter.
func codeOf(part string) string {
	lines := strings.Split(part, "\n")
	for i, line := range lines {
		if prose.MatchString(line) {
			return strings.Join(lines[:i], "\n")
		}
	}
	return part
}

// build compiles a program against this checkout and gives the path of its executable.
func build(t *testing.T, source string) string {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	module := fmt.Sprintf("module quickstart\n\ngo 1.22\n\nrequire github.com/prime001/humanrail-sdk/go v0.0.0\n\nreplace github.com/prime001/humanrail-sdk/go => %s\n", here)
	for name, text := range map[string]string{"go.mod": module, "main.go": source} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	program := filepath.Join(dir, "quickstart.exe")
	command := exec.Command("go", "build", "-o", program, ".")
	command.Dir = dir
	command.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("it does not compile:\n%s\n%s", output, source)
	}
	return program
}

// run gives what a program printed.
func run(t *testing.T, program string, environment ...string) string {
	t.Helper()
	command := exec.Command(program)
	command.Env = append(os.Environ(), environment...)
	output, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v:\n%s", err, output)
	}
	return string(output)
}

// around puts the snippet, which goes on after the program, into a main of its own.
func (q quickstart) around(taskID string) string {
	return fmt.Sprintf(`package main

import (
	"context"
	"fmt"

	humanrail "github.com/prime001/humanrail-sdk/go"
)

func main() {
	client := humanrail.NewClient("ek_live_...")
	task := &humanrail.Task{ID: %q}

%s
}
`, taskID, q.snippet)
}

// served puts the handler behind a server, which prints where it listens.
func (q quickstart) served() string {
	return `package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"

	humanrail "github.com/prime001/humanrail-sdk/go"
)

var webhookSecret = os.Getenv("HUMANRAIL_WEBHOOK_SECRET")

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(listener.Addr())
	panic(http.Serve(listener, http.HandlerFunc(webhookHandler)))
}

` + q.handler + "\n"
}

// serve starts the handler, and gives its address and what it prints.
func (q quickstart) serve(t *testing.T, secret string) (string, *bufio.Reader) {
	t.Helper()
	receiver := exec.Command(build(t, q.served()))
	receiver.Env = append(os.Environ(), "HUMANRAIL_WEBHOOK_SECRET="+secret)
	stdout, err := receiver.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := receiver.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = receiver.Process.Kill()
		_ = receiver.Wait()
	})
	printed := bufio.NewReader(stdout)
	address, err := printed.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return "http://" + strings.TrimSpace(address), printed
}

func TestQuickstartProgram(t *testing.T) {
	q := readQuickstart(t)
	server := newServer(t, reply(201, `{"id":"01abc123","status":"posted"}`))
	printed := run(t, build(t, q.program), "HUMANRAIL_API_KEY=ek_test_env", "HUMANRAIL_BASE_URL="+server.URL+"/v1")
	if printed != "Task created: 01abc123\n" {
		t.Errorf("it printed %q", printed)
	}
	seen := server.seen()[0]
	if seen.header.Get("Authorization") != "Bearer ek_test_env" {
		t.Errorf("%v", seen.header)
	}
	body := seen.body.(map[string]any)
	if body["payout_sats"] != 500.0 || body["sla_seconds"] != 300.0 || body["type"] != "content_review" {
		t.Errorf("%v", body)
	}
}

func TestQuickstartPolling(t *testing.T) {
	q := readQuickstart(t)
	server := newServer(t, taskAnswer("01abc123", TaskStatusVerified, map[string]any{"verdict": "genuine"}))
	printed := run(t, build(t, q.around("01abc123")), "HUMANRAIL_API_KEY=ek_test_env", "HUMANRAIL_BASE_URL="+server.URL+"/v1")
	if printed != "Result: map[verdict:genuine]\n" {
		t.Errorf("it printed %q", printed)
	}
}

func TestQuickstartHandler(t *testing.T) {
	q := readQuickstart(t)
	const secret = "whsec_quickstart"
	address, printed := q.serve(t, secret)
	post := func(body, signature string) int {
		request, _ := http.NewRequest(http.MethodPost, address, bytes.NewReader([]byte(body)))
		request.Header.Set("X-HumanRail-Signature", signature)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, response.Body)
		response.Body.Close()
		return response.StatusCode
	}
	signature := signedAt(time.Now(), secret, eventBody)
	for name, one := range map[string]struct {
		body, signature string
		status          int
	}{
		"signed":     {eventBody, signature, 200},
		"changed":    {eventBody + " ", signature, 401},
		"not signed": {eventBody, "", 401},
		"long ago":   {eventBody, signedAt(time.Now().Add(-time.Hour), secret, eventBody), 401},
	} {
		if got := post(one.body, one.signature); got != one.status {
			t.Errorf("%s: %d", name, got)
		}
	}
	if line, err := printed.ReadString('\n'); err != nil || line != "Result: map[the_verdict:1]\n" {
		t.Errorf("it printed %q, %v", line, err)
	}
}
