{{- define "yiwang.toDns" -}}
- to: {{- toYaml .Values.networkPolicy.dns | nindent 4 }}
  ports:
    - {port: 53, protocol: UDP}
    - {port: 53, protocol: TCP}
{{- end }}

{{- define "yiwang.toPostgres" -}}
- to: {{- toYaml .Values.postgres.peers | nindent 4 }}
  ports:
    - {port: {{ .Values.postgres.port }}, protocol: TCP}
{{- end }}

{{/* Pods of a component of this release. */}}
{{- define "yiwang.peer" -}}
- podSelector:
    matchLabels: {{- include "yiwang.selector" . | nindent 6 }}
{{- end }}
