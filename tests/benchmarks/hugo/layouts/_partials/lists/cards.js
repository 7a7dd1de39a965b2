{{- /* A script that holds twenty entries of a list. Context: list, number. */ -}}
{{- $name := .list -}}{{- $from := mul 20 .number -}}
{{- $list := index (hugo.Store.Get "record").lists $name -}}
{{- $size := math.Min 20 (sub (len $list) $from) | int -}}
{{- $entries := first $size (after $from $list) -}}
{{- if ne $name "commitments" -}}
  {{- $entries = collections.Reverse (first $size (after (sub (len $list) (add $from $size)) $list)) -}}
{{- end -}}
{{- $cards := slice -}}
{{- range $n, $entry := $entries -}}
  {{- $place := add $from $n -}}{{- $card := "" -}}
  {{- if eq $name "quotes" -}}
    {{- $card = partial "quotes.html" (dict "quotes" (slice .) "listed" true "from" $place) -}}
  {{- else if eq $name "commitments" -}}
    {{- $card = partial "commitment.html" (dict "commitment" . "listed" true "place" (print $place)) -}}
  {{- else -}}
    {{- $card = partial "event_card.html" (dict "event" . "place" (print $place)) -}}
  {{- end -}}
  {{- $cards = $cards | append $card -}}
{{- end -}}
{{- $plain := dict "noHTMLEscape" true -}}
dtLists.take("cards","{{ $name }}",{{ .number }},JSON.parse({{ $cards | jsonify $plain | jsonify $plain }}))
