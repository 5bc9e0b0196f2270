{{/* The container of one service. */}}
{{- define "yiwang.container" -}}
{{- $me := index (include "yiwang.topology" .root | fromYaml) .name }}
{{- $settings := include "yiwang.settings" . | fromYaml }}
{{- $values := .root.Values }}
name: {{ .name }}
image: {{ include "yiwang.image" . | quote }}
imagePullPolicy: {{ $values.image.pullPolicy }}
args: [serve, {{ .name }}]
envFrom:
  - configMapRef:
      name: {{ include "yiwang.name" . }}
env:
  {{- include "yiwang.databaseEnv" . | nindent 2 }}
  {{- with $values.nats.urlSecret }}
  {{- if .name }}
  - name: YIWANG_{{ upper $.name }}__NATS__URL
    valueFrom:
      secretKeyRef: {{- toYaml . | nindent 8 }}
  {{- end }}
  {{- end }}
  {{- with include "yiwang.caEnv" .root | trim }}{{ . | nindent 2 }}{{ end }}
  {{- range $name, $value := $settings.env }}
  - name: {{ $name }}
    value: {{ $value | quote }}
  {{- end }}
ports:
  - containerPort: {{ $me.port }}
    protocol: TCP
  - containerPort: {{ $me.admin }}
    protocol: TCP
# A start waits for nothing but its database; two minutes are for a slow one.
startupProbe:
  httpGet: {path: /readyz, port: {{ $me.admin }}}
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: {path: /livez, port: {{ $me.admin }}}
  periodSeconds: 10
  timeoutSeconds: 3
  failureThreshold: 3
readinessProbe:
  httpGet: {path: /readyz, port: {{ $me.admin }}}
  periodSeconds: 5
  timeoutSeconds: 3
  failureThreshold: 2
# Everybody has heard that the pod leaves before it takes no more connections.
lifecycle:
  preStop:
    sleep:
      seconds: 5
resources: {{- toYaml $settings.resources | nindent 2 }}
{{ include "yiwang.containerSecurity" . }}
volumeMounts:
  - name: tmp
    mountPath: /tmp
  - name: keys
    mountPath: /etc/yiwang/keys
    readOnly: true
  - name: audit
    mountPath: /var/lib/yiwang/audit
  {{- if eq .name "gateway" }}
  - name: uploads
    mountPath: /var/lib/yiwang/files
  {{- end }}
  {{- if $values.nats.credentialsSecret.name }}
  - name: nats
    mountPath: /etc/yiwang/nats
    readOnly: true
  {{- end }}
  {{- if $settings.rules }}
  - name: rules-{{ .name }}
    mountPath: /etc/yiwang/rules
    readOnly: true
  {{- end }}
  {{- with include "yiwang.caMount" .root | trim }}{{ . | nindent 2 }}{{ end }}
{{- end }}
