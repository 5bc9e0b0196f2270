{{/* Everything that more than one template needs. Helpers with a service take
     dict "root" $ "name" "marriage". */}}

{{- define "yiwang.topology" -}}
{{ .Files.Get "files/topology.yaml" }}
{{- end }}

{{- define "yiwang.profile" -}}
{{ .Files.Get (printf "files/profiles/%s.yaml" .Values.profile) }}
{{- end }}

{{/* Deployment → the services in it: one of each, or all in one. */}}
{{- define "yiwang.workloads" -}}
{{- $names := keys (include "yiwang.topology" . | fromYaml) | sortAlpha -}}
{{- if eq .Values.profile "small" }}
all: {{ toJson $names }}
{{- else }}
{{- range $names }}
{{ . }}: [{{ . }}]
{{- end }}
{{- end }}
{{- end }}

{{/* profile.defaults < profile.services.NAME < values.defaults < values.services.NAME */}}
{{- define "yiwang.settings" -}}
{{- $profile := include "yiwang.profile" .root | fromYaml -}}
{{- $own := default dict (index .root.Values.services .name) -}}
{{- mustMergeOverwrite $profile.defaults (default dict (index $profile.services .name)) (deepCopy .root.Values.defaults) (deepCopy $own) | toYaml -}}
{{- end }}

{{- define "yiwang.name" -}}
{{ .root.Release.Name }}-{{ .name }}
{{- end }}

{{- define "yiwang.selector" -}}
app.kubernetes.io/name: yiwang
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .name }}
{{- end }}

{{- define "yiwang.labels" -}}
{{ include "yiwang.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: yiwang
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end }}

{{/* By digest when there is one; a service's own tag goes before a common digest. */}}
{{- define "yiwang.image" -}}
{{- $own := default dict (include "yiwang.settings" . | fromYaml).image -}}
{{- $image := mustMergeOverwrite (deepCopy .root.Values.image) (deepCopy $own) -}}
{{- if and $own.tag (not $own.digest) }}{{ $_ := set $image "digest" "" }}{{ end -}}
{{- if $image.digest -}}
{{ $image.repository }}@{{ $image.digest }}
{{- else -}}
{{ $image.repository }}:{{ $image.tag | default .root.Chart.AppVersion }}
{{- end }}
{{- end }}

{{- define "yiwang.databaseSecret" -}}
{{- $database := (include "yiwang.settings" . | fromYaml).database -}}
name: {{ $database.secret | default (printf "yiwang-%s-db" .name) }}
key: {{ $database.key }}
{{- end }}

{{- define "yiwang.databaseEnv" -}}
- name: YIWANG_{{ upper .name }}__DATABASE__URL
  valueFrom:
    secretKeyRef: {{- include "yiwang.databaseSecret" . | nindent 6 }}
{{- end }}

{{/* http://host:port of a service, as another one calls it. */}}
{{- define "yiwang.url" -}}
{{- $port := (index (include "yiwang.topology" .root | fromYaml) .name).port -}}
{{- if eq .root.Values.profile "small" -}}
http://127.0.0.1:{{ $port }}
{{- else -}}
http://{{ include "yiwang.name" . }}:{{ $port }}
{{- end }}
{{- end }}

{{/* The configuration of a service by section and key, as `yiwang config defaults NAME` shows it;
     services.NAME.config goes before what is said here. */}}
{{- define "yiwang.config" -}}
{{- $values := .root.Values }}
{{- $topology := include "yiwang.topology" .root | fromYaml }}
{{- $me := index $topology .name }}
{{- $settings := include "yiwang.settings" . | fromYaml }}
{{- $url := printf "https://%s" $values.host }}
{{- $listen := dict "listen" (printf "0.0.0.0:%v" $me.port) }}
{{- $nats := dict "replicas" (int $values.nats.replicas | default (include "yiwang.profile" .root | fromYaml).nats.replicas) }}
{{- if not $values.nats.urlSecret.name }}{{ $_ := set $nats "url" $values.nats.url }}{{ end }}
{{- if $values.nats.credentialsSecret.name }}
{{- $_ := set $nats "credentials" (printf "/etc/yiwang/nats/%s" $values.nats.credentialsSecret.key) }}
{{- end }}
{{- $departments := dict "timeout" $values.departments.timeout }}
{{- if $values.departments.callbacks }}{{ $_ := set $departments "callbacks" (printf "%s/api/v1/callbacks" $url) }}{{ end }}
{{- range $me.departments }}
{{- $_ := set $departments . (index $values.departments.urls .) }}
{{- end }}
{{- $config := dict
  "admin" (dict "listen" (printf "0.0.0.0:%v" $me.admin))
  "audit" (dict "heads_dir" "/var/lib/yiwang/audit")
  "database" (dict "max_connections" $settings.database.maxConnections)
  "departments" $departments
  "keys" (dict "dir" "/etc/yiwang/keys")
  "nats" $nats
  "telemetry" (dict "otlp_endpoint" $values.telemetry.otlpEndpoint)
}}
{{- if eq .name "gateway" }}
{{- $services := dict }}
{{- range $me.calls }}{{ $_ := set $services . (include "yiwang.url" (dict "root" $.root "name" .)) }}{{ end }}
{{- $_ := set $listen "public_url" $url }}
{{- $_ := set $listen "trusted_proxies" $values.route.trustedProxies }}
{{- $_ := set $config "http" $listen }}
{{- $_ := set $config "services" $services }}
{{- $_ := set $config "uploads" (dict "dir" "/var/lib/yiwang/files") }}
{{- $_ := set $config "notifier" $values.departments.notifier }}
{{- else }}
{{- $_ := set $config "grpc" $listen }}
{{- $jwks := printf "%s/.well-known/jwks.json" (include "yiwang.url" (dict "root" .root "name" "gateway")) }}
{{- $_ := set $config "identity" (dict "issuer" $url "jwks_url" $jwks) }}
{{- with $settings.rules }}{{ $_ := set $config "rules" (dict "file" (printf "/etc/yiwang/rules/%s" (.key | default "rules.toml"))) }}{{ end }}
{{- end }}
{{- mustMergeOverwrite $config (default dict $settings.config) | toYaml }}
{{- end }}

{{/* The same as environment variables; what is empty stays the default. YAML's numbers are floats here. */}}
{{- define "yiwang.environment" -}}
{{- $prefix := printf "YIWANG_%s" (upper .name) }}
{{- range $section, $keys := include "yiwang.config" . | fromYaml }}
{{- range $key, $value := $keys }}
{{- if kindIs "float64" $value }}
{{- if eq (floor $value) $value }}{{ $value = int64 $value }}{{ end }}
{{- else if kindIs "slice" $value }}{{ $value = empty $value | ternary "" (toJson $value) }}
{{- end }}
{{- if ne (toString $value) "" }}
{{ printf "%s__%s__%s" $prefix (upper $section) (upper $key) }}: {{ toString $value | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* Pod Security Standard "restricted", for every pod. */}}
{{- define "yiwang.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  fsGroup: 65532
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
{{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- end }}

{{- define "yiwang.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end }}

{{- define "yiwang.caEnv" -}}
{{- with .Values.caBundle }}
{{- if .configMap }}
- name: SSL_CERT_FILE
  value: /etc/yiwang/ca/{{ .key }}
{{- end }}
{{- end }}
{{- end }}

{{- define "yiwang.caMount" -}}
{{- if .Values.caBundle.configMap }}
- name: ca
  mountPath: /etc/yiwang/ca
  readOnly: true
{{- end }}
{{- end }}

{{- define "yiwang.caVolume" -}}
{{- with .Values.caBundle.configMap }}
- name: ca
  configMap:
    name: {{ . }}
{{- end }}
{{- end }}

{{/* Keys are readable by the group: the program refuses files that others can read. */}}
{{- define "yiwang.keysVolume" -}}
- name: keys
  secret:
    secretName: {{ .Values.keys.secret }}
    defaultMode: 0440
{{- end }}

{{- define "yiwang.claimVolume" -}}
- name: {{ .name }}
  persistentVolumeClaim:
    claimName: {{ (index .root.Values.volumes .name).existingClaim | default (include "yiwang.name" .) }}
{{- end }}

{{/* Small tasks: every database, nothing else. */}}
{{- define "yiwang.taskResources" -}}
resources:
  requests: {cpu: 20m, memory: 48Mi}
  limits: {memory: 256Mi}
{{- end }}
