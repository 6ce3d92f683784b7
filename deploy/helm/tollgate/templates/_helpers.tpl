{{- define "tollgate.name" -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" }}
{{- end }}

{{- define "tollgate.selector" -}}
app.kubernetes.io/name: tollgate
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: gateway
{{- end }}

{{- define "tollgate.labels" -}}
app.kubernetes.io/name: tollgate
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "tollgate.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/* The environment of the gateway and of the migration. Secrets are named, and never written here. */}}
{{- define "tollgate.env" -}}
{{- $secret := required "existingSecret must be the name of a Secret with the keys ADMIN_KEY and DATABASE_URL" .Values.existingSecret }}
- { name: HOST, value: "0.0.0.0" }
- { name: PORT, value: "8003" }
- { name: METRICS_PORT, value: "9464" }
- { name: LOG_FORMAT, value: json }
# The Job "migrate" has done it.
- { name: MIGRATE_ON_START, value: "false" }
- { name: SHUTDOWN_GRACE_MS, value: {{ .Values.shutdownGraceMs | int | quote }} }
{{- range $name, $value := .Values.env }}
{{- if ne (toString $value) "" }}
- { name: {{ $name }}, value: {{ $value | toString | quote }} }
{{- end }}
{{- end }}
{{- range list "ADMIN_KEY" "DATABASE_URL" "REDIS_URL" "UPSTREAM_API_KEY" "AUDIT_KEY" "WEBHOOK_SECRETS_KEY" "OIDC_CLIENT_SECRET" "SESSION_SECRET" }}
- name: {{ . }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: {{ . }}
      optional: {{ not (has . (list "ADMIN_KEY" "DATABASE_URL")) }}
{{- end }}
{{- end }}

{{/* What the file of upstreams needs of the environment: its path, and the keys that it names. The migration needs none of it. */}}
{{- define "tollgate.upstreamsEnv" -}}
- { name: UPSTREAMS, value: /etc/tollgate/upstreams.json }
{{- $names := list }}
{{- range .Values.upstreams }}
{{- with .apiKeyEnv }}{{ $names = append $names . }}{{ end }}
{{- range .headers }}
{{- if kindIs "map" . }}{{ $names = append $names .env }}{{ end }}
{{- end }}
{{- end }}
{{- range without ($names | uniq | sortAlpha) "UPSTREAM_API_KEY" }}
- name: {{ . }}
  valueFrom:
    secretKeyRef: { name: {{ $.Values.existingSecret }}, key: {{ . }} }
{{- end }}
{{- end }}

{{- define "tollgate.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "tollgate.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}
