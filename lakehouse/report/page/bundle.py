import vl_convert
def bundle() -> str:
    return "var lakehouseVega={};(()=>{" + vl_convert.javascript_bundle("import embed from 'vega-embed'; window.lakehouseVega = {embed};" if False else "window.lakehouseVega={embed:vegaEmbed}") + "})();"
