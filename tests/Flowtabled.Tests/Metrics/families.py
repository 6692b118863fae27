# families.py PARSER FILE: what a parser of Prometheus' client finds in a file of metrics, as JSON: for each family its name, type, unit, help
# and samples, of each the labels and the value.
import importlib, json, sys

parse = importlib.import_module(sys.argv[1]).text_string_to_metric_families
print(json.dumps([
    [f.name, f.type, f.unit, f.documentation, [[list(s.labels.values()), str(int(s.value))] for s in f.samples]]
    for f in parse(open(sys.argv[2], encoding="utf-8").read())]))
