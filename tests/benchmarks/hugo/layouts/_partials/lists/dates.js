{{- /* A script that holds the first days of a list's entries, each less the one before, and how many days follow.
Context: list. */ -}}
{{- $first := newScratch -}}{{- $more := newScratch -}}{{- $before := 0 -}}
{{- range $n, $entry := partial "lists/entries.html" .list -}}
  {{- $date := .date | default .event.date -}}
  {{- $day := add 719163 (div (time.AsTime $date.first).Unix 86400) -}}
  {{- $first.SetInMap "all" (printf "%06d" $n) (sub $day $before) -}}
  {{- $more.SetInMap "all" (printf "%06d" $n) (sub (add 719163 (div (time.AsTime $date.last).Unix 86400)) $day) -}}
  {{- $before = $day -}}
{{- end -}}
dtLists.take("index","{{ .list }}","dates",JSON.parse("{\"first\":{{ jsonify ($first.GetSortedMapValues "all") }},\"more\":{{ jsonify ($more.GetSortedMapValues "all") }},\"shard\":20}"))
