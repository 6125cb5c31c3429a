{{/* What the schema cannot say, or not in a sentence. */}}
{{- define "todo-app.validate" -}}
{{- $v := .Values -}}
{{- $s := $v.secrets -}}
{{- if ne (int $v.api.replicas) 1 -}}
{{- fail (printf "api.replicas must be 1, not %v: SQLite is one writer on one volume. web and agent scale, the api does not." $v.api.replicas) -}}
{{- end -}}
{{- if and $s.existingSecret (or $s.openaiApiKey $s.jwtSecret $s.jwtSecretPrevious $s.agentToken) -}}
{{- fail (printf "secrets.existingSecret is set, so the other values of secrets would be ignored: put them into the Secret %q, or leave existingSecret empty." $s.existingSecret) -}}
{{- end -}}
{{- if not (or $s.generate $s.existingSecret $s.jwtSecret) -}}
{{- fail "secrets.generate is false and no secret is given: name a Secret that is in the cluster in secrets.existingSecret (it needs the entry jwt-secret), or set secrets.jwtSecret. Random ones would be others with each rendering, and sign everyone out." -}}
{{- end -}}
{{- if and $s.agentToken (eq (include "todo-app.agentTokenDerived" .) "yes") -}}
{{- fail "secrets.deriveAgentToken is true, so secrets.agentToken would be ignored: leave one of them out." -}}
{{- end -}}
{{- range $name := list "jwtSecret" "jwtSecretPrevious" -}}
{{- $given := get $s $name -}}
{{- if and $given (lt (len $given) 32) -}}
{{- fail (printf "secrets.%s has %d bytes, but needs at least 32: make one with `openssl rand -base64 48`, or leave it empty and the chart makes one." $name (len $given)) -}}
{{- end -}}
{{- end -}}
{{- if and $s.agentToken (lt (len $s.agentToken) 16) -}}
{{- fail (printf "secrets.agentToken has %d characters, but needs at least 16: make one with `openssl rand -hex 32`, or leave it empty and the chart makes one." (len $s.agentToken)) -}}
{{- end -}}
{{- if and $v.ingress.enabled $v.httpRoute.enabled -}}
{{- fail "ingress.enabled and httpRoute.enabled are both true: the app has one front door. Choose one of them, and give it a host (ingress.host or httpRoute.hostnames)." -}}
{{- end -}}
{{- if and $v.ingress.enabled (not $v.ingress.host) -}}
{{- fail "ingress.enabled needs a host: set ingress.host to the app's host name, such as todo.example.org." -}}
{{- end -}}
{{- if and $v.httpRoute.enabled (not $v.httpRoute.hostnames) -}}
{{- fail "httpRoute.enabled needs a host: set httpRoute.hostnames to the app's host names, such as [todo.example.org]." -}}
{{- end -}}
{{- if and $v.httpRoute.enabled (not $v.httpRoute.parentRefs) -}}
{{- fail "httpRoute.enabled needs a gateway: set httpRoute.parentRefs, such as [{name: public, namespace: gateways}]." -}}
{{- end -}}
{{- if and $v.agent.openai.baseUrl (not $v.agent.openai.model) -}}
{{- fail "agent.openai.baseUrl needs agent.openai.model: only OpenAI's own endpoint has a default model." -}}
{{- end -}}
{{- if and (eq $v.agent.planner "openai") (not $s.existingSecret) (not $s.openaiApiKey) (not $v.agent.openai.baseUrl) -}}
{{- fail "agent.planner is openai, but there is no key and no server: set secrets.openaiApiKey, secrets.existingSecret or agent.openai.baseUrl." -}}
{{- end -}}
{{- range $name := list "serviceMonitor" "prometheusRule" -}}
{{- if and (get (get $v.metrics $name) "enabled") (not $v.metrics.enabled) -}}
{{- fail (printf "metrics.%s.enabled needs metrics.enabled: without it the pods serve no metrics." $name) -}}
{{- end -}}
{{- end -}}
{{- range $part := list "web" "api" "agent" -}}
{{- $seen := dict -}}
{{- range (get $v $part).extraEnv -}}
{{- if hasKey $seen .name -}}
{{- fail (printf "%s.extraEnv names %s twice: one of the two would be ignored." $part .name) -}}
{{- end -}}
{{- $_ := set $seen .name true -}}
{{- end -}}
{{- include "todo-app.validateLabels" (list (printf "%s.podLabels" $part) (get $v $part).podLabels) -}}
{{- end -}}
{{- include "todo-app.validateLabels" (list "commonLabels" $v.commonLabels) -}}
{{- if and $v.backup.enabled (not $v.persistence.enabled) -}}
{{- fail "backup.enabled needs persistence.enabled: there is no volume to copy from." -}}
{{- end -}}
{{- if and $v.backup.enabled (eq $v.persistence.accessMode "ReadWriteOncePod") -}}
{{- fail "backup.enabled needs persistence.accessMode ReadWriteOnce: with ReadWriteOncePod the backup's pod cannot mount the volume beside the api." -}}
{{- end -}}
{{- range $part := list "web" "agent" -}}
{{- $a := (get $v $part).autoscaling -}}
{{- if and $a.enabled (lt (int $a.maxReplicas) (int $a.minReplicas)) -}}
{{- fail (printf "%s.autoscaling.maxReplicas (%v) is below minReplicas (%v)." $part $a.maxReplicas $a.minReplicas) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Services, NetworkPolicies and the update of a release find pods by these. */}}
{{- define "todo-app.validateLabels" -}}
{{- $where := index . 0 -}}
{{- range $label, $_ := index . 1 -}}
{{- if or (hasPrefix "helm.sh/" $label) (has $label (list "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/component" "app.kubernetes.io/part-of" "app.kubernetes.io/version" "app.kubernetes.io/managed-by")) -}}
{{- fail (printf "%s has %s, which the chart sets: choose another label." $where $label) -}}
{{- end -}}
{{- end -}}
{{- end -}}
