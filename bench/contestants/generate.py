def declarest(n):
    """Declared: traits of 20 methods, one client for all."""
    methods = {
        "create": ("#[json] body: &CreateAdminApiKey", "post"),
        "list": ("#[query(flatten)] query: &ListQuery", "get"),
        "get": ("key_id: &str", "get"),
        "delete": ("key_id: &str", "delete"),
    }
    o = ["use crate::types::*;", "use declarest::{Call, api};"]
    for g, r in enumerate(groups(n)):
        o.append(f"#[api]\npub trait Api{g} {{")
        for i in r:
            argument, verb = methods[kind(i)]
            o.append(f'    #[{verb}("{path(i)}")]\n    fn m_{i}(&self, {argument}) -> Call<{RET[kind(i)]}>;')
        o.append("}")
    apis = range(len(groups(n)))
    o.append("pub struct Client {" + ", ".join(f"pub g{g}: Api{g}Client" for g in apis) + "}")
    setup = f'        let d = declarest::Client::builder("{BASE}").bearer("t").build().unwrap();\n'
    setup += "        let c = Client {" + ", ".join(f"g{g}: Api{g}Client::new(d.clone())" for g in apis) + "};"
    dependency = 'declarest = { path = "@CHECKOUT@/runtime" }\n'
    return dependency, "\n".join(o), main_rs(n, setup, "Client", lambda g, i: f"c.g{g}.m_{i}({hand_args(i)})")


CONTESTANTS["declarest"] = declarest
