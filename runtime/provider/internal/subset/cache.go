package subset

import "sync"

// maxCached is how many schemas a cache keeps. Programs have a few, known when they are
// compiled; one that makes schemas as it runs must not grow for ever.
const maxCached = 256

// Cache keeps the rewrites of schemas. It is safe for concurrent use.
type Cache struct {
	rules Rules

	mu      sync.Mutex
	results map[string]Schema
}

// NewCache returns an empty cache of rewrites by rules.
func NewCache(rules Rules) *Cache { return &Cache{rules: rules, results: map[string]Schema{}} }

// Rewrite is [Rules.Rewrite], done once for each schema.
func (c *Cache) Rewrite(schema string) Schema {
	c.mu.Lock()
	result, ok := c.results[schema]
	c.mu.Unlock()
	if ok {
		return result
	}
	result = c.rules.Rewrite(schema)
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.results) >= maxCached {
		clear(c.results)
	}
	c.results[schema] = result
	return result
}
