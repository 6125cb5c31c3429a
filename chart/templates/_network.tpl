{{/* Pods of a part of this release. Usage: include "todo-app.peer" (list $ "web") */}}
{{- define "todo-app.peer" -}}
- podSelector:
    matchLabels:
      {{- include "todo-app.selector" . | nindent 6 }}
{{- end -}}

{{- define "todo-app.dnsEgress" -}}
- to:
    {{- toYaml .Values.networkPolicy.dns | nindent 4 }}
  ports:
    - {protocol: UDP, port: 53}
    - {protocol: TCP, port: 53}
{{- end -}}

{{- define "todo-app.metricsIngress" -}}
{{- if .Values.metrics.enabled }}
- from:
    {{- with .Values.metrics.from }}
    {{- toYaml . | nindent 4 }}
    {{- else }}
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: monitoring
    {{- end }}
  ports:
    - {protocol: TCP, port: 9090}
{{- end }}
{{- end -}}

{{/* Where the agent finds its model. IPv4 exceptions go with IPv4 blocks, IPv6 ones with IPv6: a policy is refused
otherwise. */}}
{{- define "todo-app.modelEgress" -}}
{{- $model := .Values.networkPolicy.model -}}
- to:
    {{- if $model.inCluster }}
    {{- toYaml $model.inCluster | nindent 4 }}
    {{- else }}
    {{- range $cidr := $model.cidrs }}
    - ipBlock:
        cidr: {{ $cidr | quote }}
        {{- if hasSuffix "/0" $cidr }}
        except:
          {{- range $model.except }}
          {{- if eq (contains ":" .) (contains ":" $cidr) }}
          - {{ . | quote }}
          {{- end }}
          {{- end }}
        {{- end }}
    {{- end }}
    {{- end }}
  ports:
    - {protocol: TCP, port: {{ $model.port }}}
{{- end -}}
