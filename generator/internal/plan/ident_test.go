package plan

import (
	"go/token"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestExported(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"ClassifyTicket":  "ClassifyTicket",
		"user_id":         "UserID",
		"userId":          "UserID",
		"UserId":          "UserID",
		"userID":          "UserID",
		"user-ids":        "UserIDs",
		"userIDs":         "UserIDs",
		"UserIDsByName":   "UserIDsByName",
		"api_url":         "APIURL",
		"HTTPServer":      "HTTPServer",
		"http2":           "HTTP2",
		"utf8":            "UTF8",
		"utf8_name":       "UTF8Name",
		"json":            "JSON",
		"ids":             "IDs",
		"css":             "CSS",
		"ParseJS":         "ParseJS",
		"IBAN":            "IBAN",
		"MAX_RETRY_COUNT": "MaxRetryCount",
		"HTTP_STATUS":     "HTTPStatus",
		"FOO":             "FOO",
		"x":               "X",
		"type":            "Type",
		"func":            "Func",
		"string":          "String",
		"error":           "Error",
		"2fa":             "X2fa",
		"3":               "X3",
		"v1.2":            "V1_2",
		"1.0":             "X1_0",
		"10":              "X10",
		"$ref":            "Ref",
		"@type":           "Type",
		"x-y z.w/v":       "XYZWV",
		"_private":        "Private",
		"__":              "",
		"":                "",
		"---":             "",
		"größe":           "Größe",
		"état_civil":      "ÉtatCivil",
		"имя":             "Имя",
		"名前":              "X名前",
		"ß":               "Xß",
		"naive\u0301":     "Naive", // a combining accent
		"a\x00b":          "AB",
		"😀":               "",
		"smile😀face":      "SmileFace",
	} {
		got := exported(name)
		assert.Equal(t, want, got, "%q", name)
		if got != "" {
			assert.True(t, token.IsIdentifier(got) && token.IsExported(got), "%q gives %q", name, got)
		}
	}
}

func TestMemberFragment(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"low":         "Low",
		"in_progress": "InProgress",
		"IN_PROGRESS": "InProgress",
		"ACTIVE":      "Active",
		"USD":         "USD",
		"3XL":         "3XL",
		"eu-west-1":   "EuWest1",
		"user_id":     "UserID",
		"":            "Empty",
		" ":           "Space",
		"-":           "Dash",
		"--":          "DashDash",
		"-1":          "Minus1",
		"+1":          "Plus1",
		"1":           "1",
		"1.0":         "1_0",
		"10":          "10",
		"C":           "C",
		"C#":          "CHash",
		"C++":         "CPlusPlus",
		">=":          "GreaterEqual",
		"<10":         "Less10",
		"R&D":         "RAndD",
		"50%":         "50Percent",
		"🙂":           "U1F642",
		"\xff":        "UFFFD",
		"\n":          "U000A",
		"日本":          "日本",
		"True":        "True",
	} {
		assert.Equal(t, want, memberFragment(text), "%q", text)
	}
}

func TestUnexported(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"ClassifyTicket": "classifyTicket",
		"HTTPFetch":      "httpFetch",
		"IDs":            "ids",
		"X":              "x",
		"Range":          "range",
		"Ärger":          "ärger",
		"X名前":            "x名前",
	} {
		assert.Equal(t, want, unexported(name), name)
	}
}

func FuzzExported(f *testing.F) {
	for _, seed := range []string{"user_id", "", "3d", "名前", "\xff\xfe", "IDs", "HTTPs", "ǆ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if got := exported(name); got != "" && !isExportedIdent(got) {
			t.Errorf("%q gives %q", name, got)
		}
		if got := "T" + memberFragment(name); !isExportedIdent(got) {
			t.Errorf("the member %q gives %q", name, got)
		}
		if got := exported(name); got != "" && exported(got) == "" {
			t.Errorf("%q is not a name any more", got)
		}
	})
}
