{{- define "todo-app.secretName" -}}
{{- default (include "todo-app.fullname" .) .Values.secrets.existingSecret -}}
{{- end -}}

{{/* The Secret of this name as the cluster has it, or nothing where there is no cluster to ask (helm template). */}}
{{- define "todo-app.secretThere" -}}
{{- $there := lookup "v1" "Secret" .Release.Namespace (include "todo-app.secretName" .) -}}
{{- dict "data" (get (default dict $there) "data" | default dict) | toJson -}}
{{- end -}}

{{/* Whether api and agent derive the token that they share: yes, no, or maybe, where only the cluster knows. */}}
{{- define "todo-app.agentTokenDerived" -}}
{{- $secrets := .Values.secrets -}}
{{- if kindIs "bool" $secrets.deriveAgentToken -}}
{{- ternary "yes" "no" $secrets.deriveAgentToken -}}
{{- else if $secrets.existingSecret -}}
{{- $there := get (include "todo-app.secretThere" . | fromJson) "data" -}}
{{- if $there }}{{ ternary "no" "yes" (hasKey $there $secrets.keys.agentToken) }}{{ else }}maybe{{ end -}}
{{- else -}}
{{- if or $secrets.generate $secrets.agentToken }}no{{ else }}yes{{ end -}}
{{- end -}}
{{- end -}}

{{/* The entries of the chart's Secret, in base64: what is given, else what is there, else something random. They
are kept in .Values for the rest of the rendering, so that the checksum is that of the very Secret that is written. */}}
{{- define "todo-app.secretData" -}}
{{- $secrets := .Values.secrets -}}
{{- if not (hasKey $secrets "rendered") -}}
{{- $there := get (include "todo-app.secretThere" . | fromJson) "data" -}}
{{- $keys := $secrets.keys -}}
{{- $data := dict -}}
{{- $_ := set $data $keys.jwtSecret (coalesce (b64enc $secrets.jwtSecret) (get $there $keys.jwtSecret) (randAlphaNum 64 | b64enc)) -}}
{{- if eq (include "todo-app.agentTokenDerived" .) "no" -}}
{{- $_ := set $data $keys.agentToken (coalesce (b64enc $secrets.agentToken) (get $there $keys.agentToken) (randAlphaNum 48 | b64enc)) -}}
{{- end -}}
{{- with $secrets.jwtSecretPrevious }}{{ $_ := set $data $keys.jwtSecretPrevious (b64enc .) }}{{ end -}}
{{- with $secrets.openaiApiKey }}{{ $_ := set $data $keys.openaiApiKey (b64enc .) }}{{ end -}}
{{- $_ := set $secrets "rendered" $data -}}
{{- end -}}
{{- $secrets.rendered | toJson -}}
{{- end -}}

{{/* Changes with the secrets, so that pods are replaced when they do; also for a Secret of your own, at the next
upgrade. */}}
{{- define "todo-app.secretChecksum" -}}
{{- if .Values.secrets.existingSecret -}}
{{- include "todo-app.secretThere" . | sha256sum -}}
{{- else -}}
{{- include "todo-app.secretData" . | sha256sum -}}
{{- end -}}
{{- end -}}
