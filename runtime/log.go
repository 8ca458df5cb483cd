package l0

import (
	"context"
	"log/slog"
	"strings"

	"github.com/l0gen/l0gen/runtime/record"
)

// The keys of log records. They are stable.
const (
	logStreamID = "stream_id"
	logFunction = "function"
	logVersion  = "version"
	logContext  = "context"
)

// logObserver writes records to a logger: retries at level Warn, the failure of the call at
// Error, everything else at Debug.
type logObserver struct {
	ctx    context.Context //nolint:containedctx // that of the call, for handlers that read its values
	logger *slog.Logger
	text   bool // texts of prompts and replies may be written
}

func newLogObserver(ctx context.Context, logger *slog.Logger, text bool) Observer {
	return &logObserver{context.WithoutCancel(ctx), logger, text}
}

// Observe writes one record.
func (l *logObserver) Observe(r Record) {
	level := logLevel(r.Detail)
	if !l.logger.Enabled(l.ctx, level) {
		return
	}
	attrs := make([]slog.Attr, 0, 12)
	attrs = append(attrs, slog.String(logStreamID, r.StreamID))
	if r.Function != "" {
		attrs = append(attrs, slog.String(logFunction, r.Function), slog.Int(logVersion, r.Version))
	}
	attrs = l.appendDetail(attrs, r.Detail)
	if len(r.Context) > 0 {
		attrs = append(attrs, slog.Any(logContext, r.Context))
	}
	l.logger.LogAttrs(l.ctx, level, "l0 "+strings.ReplaceAll(strings.ToLower(string(r.Type())), "_", " "), attrs...)
}

func logLevel(d record.Detail) slog.Level {
	switch d := d.(type) {
	case record.RetryAttempt:
		return slog.LevelWarn
	case record.Error:
		if d.RecoveryStrategy == record.StrategyHalt && d.FailureType != record.FailureAbort {
			return slog.LevelError
		}
	}
	return slog.LevelDebug
}

// appendDetail adds what a reader of logs wants to know of a record.
func (l *logObserver) appendDetail(attrs []slog.Attr, d record.Detail) []slog.Attr {
	switch d := d.(type) {
	case record.RetryAttempt:
		return append(attrs, slog.Int("retry", d.Attempt), slog.String("reason", d.Reason), slog.Int64("delay_ms", d.DelayMs),
			slog.Int("fallback", d.FallbackIndex))
	case record.RetryGiveUp:
		return append(attrs, slog.Int("retries", d.Attempt), slog.String("rule", d.Reason), slog.String("error", d.LastError))
	case record.Error:
		return append(attrs, slog.String("code", d.ErrorCode), slog.String("failure", string(d.FailureType)),
			slog.String("next", string(d.RecoveryStrategy)), slog.Int("attempt", d.Policy.Attempt),
			slog.Int("fallback", d.Policy.FallbackIndex), slog.String("error", d.Error))
	case record.Complete:
		return append(attrs, slog.Int("tokens", d.TokenCount), slog.Int("bytes", d.ContentLength), slog.Int64("duration_ms", d.DurationMs))
	case record.AttemptStart:
		return append(attrs, slog.Int("attempt", d.Attempt), slog.Int("fallback", d.FallbackIndex))
	case record.FallbackModelSelected:
		return append(attrs, slog.Int("fallback", d.Index), slog.String("model", d.Model), slog.String("reason", d.Reason))
	case record.TimeoutTriggered:
		return append(attrs, slog.String("timeout", string(d.TimeoutType)), slog.Int64("elapsed_ms", d.ElapsedMs),
			slog.Int64("configured_ms", d.ConfiguredMs))
	case record.NetworkError:
		return append(attrs, slog.String("type", d.Code), slog.Bool("retryable", d.Retryable))
	case record.AbortCompleted:
		return append(attrs, slog.Int("tokens", d.TokenCount), slog.Int("bytes", d.ContentLength))
	}
	return l.appendText(attrs, d)
}

// appendText adds what may quote a prompt or a reply, if that is wanted.
func (l *logObserver) appendText(attrs []slog.Attr, d record.Detail) []slog.Attr {
	quote := func(key, text string) []slog.Attr {
		if l.text {
			return append(attrs, slog.String(key, text))
		}
		return append(attrs, slog.Int(key+"_bytes", len(text)))
	}
	switch d := d.(type) {
	case record.CheckpointSaved:
		return append(quote("checkpoint", d.Checkpoint), slog.Int("tokens", d.TokenCount))
	case record.ResumeStart:
		return append(quote("checkpoint", d.Checkpoint), slog.Int("tokens", d.TokenCount))
	case record.GuardrailRuleResult:
		attrs = append(attrs, slog.String("rule", d.RuleID), slog.Bool("passed", d.Passed), slog.Int("violations", len(d.Violations)))
		if l.text && len(d.Violations) > 0 {
			attrs = append(attrs, slog.Any("found", d.Violations))
		}
	case record.ToolRequested:
		attrs = append(attrs, slog.String("tool", d.ToolName))
		if l.text {
			attrs = append(attrs, slog.Any("arguments", d.Arguments))
		}
	}
	return attrs
}

// logMessages writes the messages of an attempt, if texts are wanted.
func (s *session) logMessages(msgs []Message) {
	if s.config.logger != nil && s.config.logText {
		s.config.logger.LogAttrs(s.parent, slog.LevelDebug, "l0 prompt",
			slog.String(logStreamID, s.report.StreamID), slog.Any("messages", msgs))
	}
}

// logReply writes the reply of a call, if texts are wanted.
func (s *session) logReply() {
	if s.config.logger != nil && s.config.logText {
		s.config.logger.LogAttrs(s.parent, slog.LevelDebug, "l0 reply",
			slog.String(logStreamID, s.report.StreamID), slog.String("text", s.reply.content()))
	}
}
