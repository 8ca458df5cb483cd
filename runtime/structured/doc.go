// Package structured holds the words of repairing structured replies: which repairs a policy
// allows, and the record of one that was made.
//
// Generated code carries the policy as data, package l0 puts the records into errors and
// reports. The values are plain data and safe to share.
package structured
