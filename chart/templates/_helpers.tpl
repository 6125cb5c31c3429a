{{- define "todo-app.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{/* Short enough for "-agent-metrics" and for a CronJob's suffix. */}}
{{- define "todo-app.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains (include "todo-app.name" .) .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "todo-app.name" .) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* Usage: include "todo-app.selector" (list $ "web") */}}
{{- define "todo-app.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ include "todo-app.name" $root }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* Without versions, so that a pod is replaced only when something of its own changes. */}}
{{- define "todo-app.podLabels" -}}
{{ include "todo-app.selector" . }}
app.kubernetes.io/part-of: todo-app
{{- with (index . 0).Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Usage: include "todo-app.labels" (list $ "web") */}}
{{- define "todo-app.labels" -}}
{{- $root := index . 0 -}}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "todo-app.selector" . }}
app.kubernetes.io/part-of: todo-app
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
{{- with $root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Name and labels of an object. Usage: include "todo-app.metadata" (list $ "web" "") */}}
{{- define "todo-app.metadata" -}}
{{- $root := index . 0 -}}
name: {{ include "todo-app.fullname" $root }}{{ index . 2 }}
namespace: {{ $root.Release.Namespace }}
labels:
  {{- include "todo-app.labels" (list $root (index . 1)) | nindent 2 }}
{{- end -}}

{{/* Usage: include "todo-app.image" (list $ .Values.web.image) */}}
{{- define "todo-app.image" -}}
{{- $root := index . 0 -}}
{{- $image := index . 1 -}}
{{- $name := printf "%s/%s" (trimSuffix "/" $root.Values.image.registry) $image.repository -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $name $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $name (coalesce $image.tag $root.Values.image.tag $root.Chart.AppVersion) -}}
{{- end -}}
{{- end -}}

{{- define "todo-app.dataClaim" -}}
{{- default (printf "%s-data" (include "todo-app.fullname" .)) .Values.persistence.existingClaim -}}
{{- end -}}

{{- define "todo-app.backupClaim" -}}
{{- default (printf "%s-backup" (include "todo-app.fullname" .)) .Values.backup.existingClaim -}}
{{- end -}}

{{/* Class of a claim. Usage: include "todo-app.storageClass" .Values.persistence.storageClass */}}
{{- define "todo-app.storageClass" -}}
{{- if eq . "-" }}
storageClassName: ""
{{- else if . }}
storageClassName: {{ . | quote }}
{{- end }}
{{- end -}}

{{/* "true" if a proxy that we trust stands before web. */}}
{{- define "todo-app.trustProxy" -}}
{{- $set := .Values.web.trustProxy -}}
{{- if kindIs "bool" $set }}{{ $set }}{{ else }}{{ or .Values.ingress.enabled .Values.httpRoute.enabled }}{{ end -}}
{{- end -}}

{{- define "todo-app.proxyHops" -}}
{{- $set := .Values.api.proxyHops -}}
{{- if kindIs "invalid" $set }}{{ ternary 2 1 (eq (include "todo-app.trustProxy" .) "true") }}{{ else }}{{ int $set }}{{ end -}}
{{- end -}}

{{/* Fewest pods of a part. Usage: include "todo-app.fewest" .Values.web */}}
{{- define "todo-app.fewest" -}}
{{- ternary .autoscaling.minReplicas .replicas .autoscaling.enabled | int -}}
{{- end -}}
