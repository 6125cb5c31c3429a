{{/* What the pods of all parts share. Usage: include "todo-app.pod" (list $ $part) with the part's values */}}
{{- define "todo-app.pod" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: {type: RuntimeDefault}
{{- with $root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with default $root.Values.priorityClassName $part.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with merge (dict) (default dict $part.nodeSelector) $root.Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with concat $root.Values.tolerations (default list $part.tolerations) }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "todo-app.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  privileged: false
  readOnlyRootFilesystem: true
  runAsNonRoot: true
  capabilities: {drop: [ALL]}
  seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{/* A pod has started when it answers, ready or not: an api whose volume is full still reads, and one that starts so is
not to be ended for it. Asked every second; the readiness that follows is asked at once. */}}
{{- define "todo-app.probes" -}}
startupProbe:
  httpGet: {path: /healthz, port: http}
  periodSeconds: 1
  timeoutSeconds: 2
  failureThreshold: {{ . }}
livenessProbe:
  httpGet: {path: /healthz, port: http}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: {path: /readyz, port: http}
  periodSeconds: 5
  timeoutSeconds: 3
  failureThreshold: 3
{{- end -}}

{{/* Usage: include "todo-app.spread" (list $ "web" .Values.web) */}}
{{- define "todo-app.spread" -}}
{{- $root := index . 0 -}}
{{- $part := index . 2 -}}
topologySpreadConstraints:
  {{- with $part.topologySpreadConstraints }}
  {{- toYaml . | nindent 2 }}
  {{- else }}
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "todo-app.selector" (list $root (index . 1)) | nindent 8 }}
  {{- end }}
{{- end -}}

{{- define "todo-app.metricsPort" -}}
{{- if .Values.metrics.enabled }}
- {name: metrics, containerPort: 9090}
{{- end }}
{{- end -}}

{{/* Usage: include "todo-app.podMetadata" (list $ "web" .Values.web) */}}
{{- define "todo-app.podMetadata" -}}
{{- $root := index . 0 -}}
{{- $part := index . 2 -}}
labels:
  {{- include "todo-app.podLabels" (list $root (index . 1)) | nindent 2 }}
  {{- with $part.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- if or $part.podAnnotations (ne (index . 1) "web") }}
annotations:
  {{- if ne (index . 1) "web" }}
  checksum/secret: {{ include "todo-app.secretChecksum" $root }}
  {{- end }}
  {{- with $part.podAnnotations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
{{- end -}}
