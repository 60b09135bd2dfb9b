//! What the code declares: the one file that knows the runtime's metadata.

use declarest::verify::{ArgumentHooks, Hooks, Member, hooks, nested_hooks};
use declarest::{Api, AuthRule, Endpoint, Inherited, ListStyle, Nest, Parameter, Role};

use super::types::normal;

/// An endpoint with the path that leads to it.
#[derive(Debug, Clone)]
pub(super) struct Operation {
    /// `AdminApiKeys::create`.
    pub(super) name: String,
    pub(super) method: &'static str,
    /// The whole template, with the nests that lead here.
    pub(super) template: String,
    /// Its placeholders, in their order.
    pub(super) path: Vec<Input>,
    pub(super) inputs: Vec<Input>,
    pub(super) query: Vec<String>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) fields: Vec<String>,
    /// The media type of single fields and parts.
    pub(super) fields_media: &'static str,
    pub(super) accept: Option<&'static str>,
    pub(super) auth: Auth,
    pub(super) returns: &'static str,
    pub(super) hooks: Hooks,
}

/// An argument, or a member of one that spreads.
#[derive(Debug, Clone)]
pub(super) struct Input {
    pub(super) name: &'static str,
    pub(super) wire: String,
    pub(super) role: Role,
    pub(super) ty: &'static str,
    pub(super) optional: bool,
    pub(super) lists: ListStyle,
    /// What its type can do; `None` if the type names a generic parameter.
    pub(super) hooks: Option<ArgumentHooks>,
}

impl Input {
    /// The names that it spreads into; `None` if they are not known.
    pub(super) fn members(&self) -> Option<Vec<Self>> {
        let members = self.hooks.as_ref()?.members.as_ref()?;
        Some(
            members
                .iter()
                .map(|Member { parameter, hooks, .. }| input(parameter, Some(hooks.clone())))
                .collect(),
        )
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Auth {
    Client,
    None,
    Bearer,
    Basic,
    /// An API key of this name, in a header or in the query.
    Key(&'static str),
}

/// All endpoints, those of nested APIs included.
pub(super) fn read<A: Api>() -> Vec<Operation> {
    let mut all = Vec::new();
    walk((A::ENDPOINTS, hooks::<A>(), A::NESTS), &Way::default(), &mut Vec::new(), &mut all);
    all
}

/// What leads to an API: the nests on the way to it, put together.
#[derive(Debug, Clone, Default)]
struct Way {
    prefix: String,
    path: Vec<Input>,
    /// What each of them hands down, nearest first.
    hands_down: Vec<&'static Inherited>,
}

impl Way {
    fn through(&self, nest: &'static Nest) -> Self {
        let mut path = self.path.clone();
        path.extend(nest.parameters.iter().map(|parameter| input(parameter, None)));
        let hands_down = nest.hands_down.into_iter().chain(self.hands_down.iter().copied()).collect();
        Self { prefix: format!("{}{}", self.prefix, nest.template), path, hands_down }
    }
}

fn walk(
    (endpoints, hooks, nests): (&'static [Endpoint], Vec<Hooks>, &'static [Nest]),
    way: &Way,
    chain: &mut Vec<(&'static str, &'static str)>,
    all: &mut Vec<Operation>,
) {
    // An API that no macro has declared has no hooks.
    let hooks = hooks.into_iter().chain(std::iter::repeat_with(Hooks::default));
    all.extend(endpoints.iter().zip(hooks).map(|(endpoint, hooks)| operation(endpoint, hooks, way)));
    for nest in nests {
        let step = (nest.api, nest.name);
        // APIs may nest in a cycle: each nest is followed once on a way.
        if chain.contains(&step) {
            continue;
        }
        chain.push(step);
        walk(((nest.endpoints)(), nested_hooks(nest), (nest.nests)()), &way.through(nest), chain, all);
        chain.pop();
    }
}

fn operation(endpoint: &'static Endpoint, hooks: Hooks, way: &Way) -> Operation {
    let (in_path, inputs): (Vec<Input>, Vec<Input>) = endpoint
        .parameters
        .iter()
        .map(|parameter| input(parameter, hooks.argument(parameter.name).cloned()))
        .partition(|input| matches!(input.role, Role::Segment | Role::Rest));
    let template = endpoint.template.split('?').next().unwrap_or(endpoint.template);
    Operation {
        name: format!("{}::{}", endpoint.api, endpoint.name),
        method: endpoint.method,
        template: format!("{}{template}", way.prefix),
        path: way.path.iter().cloned().chain(in_path).collect(),
        inputs,
        query: endpoint.query.split('&').filter(|pair| !pair.is_empty()).map(str::to_owned).collect(),
        headers: headers(endpoint, way),
        fields: endpoint.fields.iter().map(|(name, _)| (*name).to_owned()).collect(),
        // The runtime keeps this enum to itself; its names are what can be read.
        fields_media: match format!("{:?}", endpoint.encoding).as_str() {
            "Form" => "application/x-www-form-urlencoded",
            "Multipart" => "multipart/form-data",
            _ => "application/json",
        },
        accept: endpoint.accept.or_else(|| way.hands_down.iter().find_map(|parent| parent.accept)),
        auth: auth(endpoint, way),
        returns: endpoint.returns,
        hooks,
    }
}

/// The constant headers: the endpoint's, then those that the nearest parent hands down.
fn headers(endpoint: &Endpoint, way: &Way) -> Vec<(String, String)> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let mut headers: Vec<_> = endpoint.headers.iter().map(owned).collect();
    headers.extend(endpoint.idempotency_key.map(|name| (name.to_owned(), String::new())));
    for header in way.hands_down.iter().flat_map(|parent| parent.headers) {
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(header.0)) {
            headers.push(owned(header));
        }
    }
    headers
}

fn auth(endpoint: &Endpoint, way: &Way) -> Auth {
    let parents = way.hands_down.iter().map(|parent| parent.auth);
    let rule = std::iter::once(endpoint.auth).chain(parents).find(|rule| *rule != AuthRule::Inherited);
    match rule {
        Some(AuthRule::None) => Auth::None,
        Some(AuthRule::Bearer) => Auth::Bearer,
        Some(AuthRule::Basic) => Auth::Basic,
        Some(AuthRule::ApiKey(name)) => Auth::Key(name),
        _ => Auth::Client,
    }
}

fn input(parameter: &Parameter, hooks: Option<ArgumentHooks>) -> Input {
    Input {
        name: parameter.name,
        wire: parameter.wire.to_owned(),
        role: parameter.role,
        ty: parameter.ty,
        optional: parameter.optional,
        lists: parameter.lists,
        hooks,
    }
}

impl Operation {
    /// `GET /users/{id}`.
    pub(super) fn title(&self) -> String {
        format!("{} {}", self.method, self.template)
    }

    /// Whether an argument is the whole URL.
    pub(super) fn has_url(&self) -> bool {
        self.inputs.iter().any(|input| input.role == Role::Url)
    }

    /// The arguments of a role.
    pub(super) fn of(&self, roles: &'static [Role]) -> impl Iterator<Item = &Input> {
        self.inputs.iter().filter(move |input| roles.contains(&input.role))
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The type that a successful response is read as: `T` of `Call<T>`, `Pages<T>` or a `Result<T, E>`.
    pub(super) fn response_type(&self) -> String {
        let ty = normal(self.returns);
        match super::types::wrapped(&ty) {
            Some(("Call" | "Pages" | "Result", inner)) => inner.to_owned(),
            _ => ty,
        }
    }
}
