{{/* A pod serves on for so long after SIGTERM, until every node has heard that it goes. In the program, since a
scratch image has nothing to sleep with, and preStop.sleep is not everywhere before Kubernetes 1.30. */}}
{{- define "todo-app.drain" -}}
- {name: SHUTDOWN_DELAY, value: 5s}
{{- end -}}

{{/* An entry of the Secret as a variable. Usage: include "todo-app.secretEnv" (list $ "JWT_SECRET" "jwtSecret" false) */}}
{{- define "todo-app.secretEnv" -}}
{{- $root := index . 0 -}}
- name: {{ index . 1 }}
  valueFrom:
    secretKeyRef:
      name: {{ include "todo-app.secretName" $root }}
      key: {{ index $root.Values.secrets.keys (index . 2) }}
      {{- if index . 3 }}
      optional: true
      {{- end }}
{{- end -}}

{{/* The token that api and agent share, where it is not derived. */}}
{{- define "todo-app.agentTokenEnv" -}}
{{- $derived := include "todo-app.agentTokenDerived" . -}}
{{- if ne $derived "yes" }}
{{ include "todo-app.secretEnv" (list . "AGENT_TOKEN" "agentToken" (eq $derived "maybe")) }}
{{- end }}
{{- end -}}

{{- define "todo-app.metricsEnv" -}}
{{- if .Values.metrics.enabled }}
- {name: METRICS_BIND, value: "0.0.0.0:9090"}
{{- end }}
{{- end -}}

{{- define "todo-app.webEnv" -}}
- {name: API_URL, value: "http://{{ include "todo-app.fullname" . }}-api:8000"}
- {name: TRUST_PROXY, value: {{ include "todo-app.trustProxy" . | quote }}}
- {name: LOG_FORMAT, value: json}
{{ include "todo-app.drain" . }}
{{ include "todo-app.metricsEnv" . }}
{{- end -}}

{{- define "todo-app.apiEnv" -}}
{{- $part := .Values.api -}}
- {name: API_BIND, value: "0.0.0.0:8000"}
- {name: DATABASE_URL, value: /data/todo.sqlite3}
- {name: AGENT_URL, value: "http://{{ include "todo-app.fullname" . }}-agent:8010"}
{{- include "todo-app.agentTokenEnv" . }}
{{ include "todo-app.secretEnv" (list . "JWT_SECRET" "jwtSecret" false) }}
{{ include "todo-app.secretEnv" (list . "JWT_SECRET_PREVIOUS" "jwtSecretPrevious" true) }}
- {name: REGISTRATION, value: {{ $part.registration }}}
{{- with $part.publicOrigins }}
- {name: PUBLIC_ORIGINS, value: {{ join "," . | quote }}}
{{- end }}
- {name: COOKIE_SECURE, value: {{ $part.cookieSecure }}}
- {name: PROXY_HOPS, value: {{ include "todo-app.proxyHops" . | quote }}}
- {name: SSE_HEARTBEAT, value: {{ $part.sseHeartbeat }}}
- {name: LOG_FORMAT, value: json}
{{ include "todo-app.metricsEnv" . }}
{{- end -}}

{{- define "todo-app.agentEnv" -}}
{{- $part := .Values.agent -}}
- {name: AGENT_BIND, value: "0.0.0.0:8010"}
{{- include "todo-app.agentTokenEnv" . }}
{{- if ne (include "todo-app.agentTokenDerived" .) "no" }}
{{ include "todo-app.secretEnv" (list . "JWT_SECRET" "jwtSecret" false) }}
{{- end }}
- {name: PLANNER, value: {{ $part.planner }}}
{{- if ne $part.planner "builtin" }}
{{ include "todo-app.secretEnv" (list . "OPENAI_API_KEY" "openaiApiKey" true) }}
{{- end }}
{{- with $part.openai.baseUrl }}
- {name: OPENAI_BASE_URL, value: {{ . | quote }}}
{{- end }}
{{- with $part.openai.model }}
- {name: OPENAI_MODEL, value: {{ . | quote }}}
{{- end }}
- {name: OPENAI_API, value: {{ $part.openai.api }}}
- {name: LOG_FORMAT, value: json}
{{ include "todo-app.drain" . }}
{{ include "todo-app.metricsEnv" . }}
{{- end -}}

{{/* The variables of a part, and those of extraEnv, which take the place of any of the same name: two of one name are
refused by Helm 4. Usage: include "todo-app.env" (list $ "web") */}}
{{- define "todo-app.env" -}}
{{- $root := index . 0 -}}
{{- $extra := (get $root.Values (index . 1)).extraEnv -}}
{{- $set := dict -}}
{{- range $extra }}{{ $_ := set $set .name true }}{{ end -}}
env:
  {{- range include (printf "todo-app.%sEnv" (index . 1)) $root | fromYamlArray }}
  {{- if not (hasKey $set .name) }}
  {{- toYaml (list .) | nindent 2 }}
  {{- end }}
  {{- end }}
  {{- with $extra }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}
