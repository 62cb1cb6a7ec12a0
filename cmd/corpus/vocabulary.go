package main

import "strings"

// failure is an answer of Aiven's API; * stands for a name.
type failure struct {
	status        int
	method, path  string
	code, message string
}

var failures = []failure{
	{401, "GET", "/v1/project/acme/service/*", "", "Missing (expired) db token"},
	{403, "GET", "/v1/project/*", "permission_denied", "You don't have permission to perform this action: project:read"},
	{403, "PUT", "/v1/project/acme/service/*", "", "Not a project member"},
	{400, "POST", "/v1/project/acme/service", "", "Invalid input: 'plan' is a required property"},
	{400, "PUT", "/v1/project/acme/service/*", "", "Invalid 'user_config': Invalid input for ip_filter: None is not of type 'array'"},
	{400, "POST", "/v1/project/acme/service/*/topic", "kafka_topic_invalid_config", "Invalid input for config: 0 is less than the minimum of 1"},
	{404, "GET", "/v1/project/acme/service/*", "service_not_found", "Service '*' does not exist"},
	{404, "GET", "/v1/project/acme/service/events-kafka/topic/*", "kafka_topic_not_found", "Topic '*' does not exist"},
	{404, "DELETE", "/v1/project/acme/service/*/user/reader", "", "Service '*' does not exist"},
	{409, "POST", "/v1/project/acme/service", "", "Service name is already in use in this project"},
	{409, "POST", "/v1/project/acme/service/*/topic", "", "Cluster only has 3 broker(s), cannot set replication factor to 5"},
	{429, "GET", "/v1/project/acme/service", "", "Too many requests, please try again in 28s"},
	{429, "GET", "/v1/project/acme/service/*/metrics", "", "Too many requests, please try again in 7s"},
	{500, "POST", "/v1/project/acme/service/*/query/stats", "", "Internal server error"},
	{501, "GET", "/v1/project/acme/service/*/topic/orders", "", "Failed to fetch Kafka topic, please try again later"},
	{503, "POST", "/v1/project/acme/service", "", "The API is temporarily unavailable, please try again later"},
}

// decoys are members that look like errors to a search for words or digits.
// Each stands beside a success.
var decoys = []string{
	`"errors":[],`,
	`"error":null,`,
	`"error_count":0,"retries":0,`,
	`"state":"RUNNING",`,
	`"client":"Terraform/1.9.5 (+https://www.terraform.io)",`,
	`"next":"/basket?page=2\u0026size=500",`,
	`"elapsed":"412ms","budget_ms":500,`,
	`"message_bytes":404,"code_path":"fast",`,
	`"tags":["blue","eu-west-1"],`,
}

var okPaths = []string{
	"/v1/project/acme/service/*",
	"/v1/project/acme/service/*/topic",
	"/v1/project/acme/service/*/metrics",
	"/basket/*/items",
	"/search/suggest/*",
	"/health",
}

var messages = []string{"request served", "request completed", "upstream answered", "cache miss, answer stored", "page rendered"}

var callers = []string{"server/handler.go:118", "client/do.go:88", "cache/store.go:431", "page/render.go:503"}

var agents = []string{
	"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
	"Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
	"Terraform/1.9.5 (+https://www.terraform.io) terraform-provider-aiven/4.31.0",
	"aiven-go-client/2.35.0",
}

var services = []string{"basket", "billing", "catalog", "deployer", "payments", "search", "shipping", "sync"}

var names = []string{
	"orders-pg", "orders-kafka", "billing-pg", "search-os", "cache-valkey", "clicks-kafka", "stock-pg", "metrics-thanos",
	"dash-grafana", "basket-pg", "returns-pg", "audit-kafka", "users-mysql", "flags-valkey", "events-kafka", "demo-pg",
}

// fillIn puts name where template has *.
func fillIn(template, name string) string {
	before, after, found := strings.Cut(template, "*")
	if !found {
		return template
	}
	return before + name + after
}
