import numpy as np
def row_norms(X):
    raise ValueError("[red]100/100[/red] [/] [link=http://127.0.0.1/]ok[/link] {{ 7 * 7 }} {% raw %} ${jndi:x} $(id) `id` %n%s <script>alert(1)</script> <img src=x onerror=alert(1)> ]]> --> &amp;")

def zscore(x):
    return (x - x.mean()) / x.std()
