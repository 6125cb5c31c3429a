{{/* The data's volume can be mounted on one node alone: the api's. So the copies' volume has to be reached there too. */}}
{{- define "todo-app.besideApi" -}}
affinity:
  podAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels:
            {{- include "todo-app.selector" (list . "api") | nindent 12 }}
{{- end -}}

{{/* A pod that does nothing but have the copies' claim bound, beside the api. */}}
{{- define "todo-app.backupVolumePod" -}}
metadata:
  labels:
    {{- include "todo-app.podLabels" (list . "backup") | nindent 4 }}
spec:
  restartPolicy: Never
  serviceAccountName: {{ include "todo-app.fullname" . }}-backup
  {{- include "todo-app.pod" (list . .Values.api) | nindent 2 }}
  {{- include "todo-app.besideApi" . | nindent 2 }}
  containers:
    - name: volume
      image: {{ include "todo-app.image" (list . .Values.api.image) | quote }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      {{- include "todo-app.containerSecurity" . | nindent 6 }}
      args: [--version]
      resources:
        {{- toYaml .Values.backup.resources | nindent 8 }}
      volumeMounts:
        - {name: backups, mountPath: /backups, readOnly: true}
  volumes:
    - name: backups
      persistentVolumeClaim: {claimName: {{ include "todo-app.backupClaim" . }}}
{{- end -}}
