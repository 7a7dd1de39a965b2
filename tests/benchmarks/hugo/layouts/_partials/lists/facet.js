{{- /* A script that says which entries of a list bear which choice of a facet. Context: list, key. */ -}}
dtLists.take("index","{{ .list }}","{{ .key }}",JSON.parse({{ partial "lists/facet.json" . | jsonify (dict "noHTMLEscape" true) }}))
