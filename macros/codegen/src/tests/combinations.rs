//! Whatever stands in an endpoint under whatever `#[cfg]`s: it is refused, or each placeholder gets its own argument under
//! each combination of options, and no place gets two.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use syn::visit::Visit;

use super::{expanded, messages};

const OPTIONS: [&str; 3] = ["x", "feature = \"y\"", "unix"];

/// The options that are set, as bits.
type Options = u8;

#[derive(Debug, Clone)]
enum Predicate {
    Option(usize),
    Not(Box<Self>),
    All(Vec<Self>),
    Any(Vec<Self>),
}

impl Predicate {
    fn holds(&self, set: Options) -> bool {
        match self {
            Self::Option(index) => set >> index & 1 == 1,
            Self::Not(inner) => !inner.holds(set),
            Self::All(list) => list.iter().all(|inner| inner.holds(set)),
            Self::Any(list) => list.iter().any(|inner| inner.holds(set)),
        }
    }

    fn text(&self) -> String {
        let list = |list: &[Self]| list.iter().map(Self::text).collect::<Vec<_>>().join(", ");
        match self {
            Self::Option(index) => OPTIONS.get(*index).unwrap().to_string(),
            Self::Not(inner) => format!("not({})", inner.text()),
            Self::All(all) => format!("all({})", list(all)),
            Self::Any(any) => format!("any({})", list(any)),
        }
    }

    /// Reads what the expansion repeats.
    fn read(meta: &syn::Meta) -> Self {
        let list = |list: &syn::MetaList| {
            let inner = list
                .parse_args_with(syn::punctuated::Punctuated::<syn::Meta, syn::Token![,]>::parse_terminated);
            inner.unwrap().iter().map(Self::read).collect::<Vec<_>>()
        };
        let name = meta.path().get_ident().unwrap().to_string();
        match meta {
            syn::Meta::List(inner) if name == "all" => Self::All(list(inner)),
            syn::Meta::List(inner) if name == "any" => Self::Any(list(inner)),
            syn::Meta::List(inner) => Self::Not(Box::new(list(inner).remove(0))),
            _ => Self::Option(
                OPTIONS.iter().position(|option| option.split(' ').next() == Some(&name)).unwrap(),
            ),
        }
    }
}

/// What an argument is for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Role {
    /// The placeholder of that index, by its own name or by `#[segment]`.
    Placeholder(usize, bool),
    Query(u8),
    Header(u8),
    Json,
    Field(u8),
}

#[derive(Debug, Clone)]
struct Argument {
    role: Role,
    cfg: Option<Predicate>,
}

impl Argument {
    fn is_there(&self, set: Options) -> bool {
        self.cfg.as_ref().is_none_or(|cfg| cfg.holds(set))
    }

    fn name(&self, index: usize) -> String {
        match self.role {
            Role::Placeholder(place, true) => format!("p{place}"),
            _ => format!("a{index}"),
        }
    }

    fn text(&self, index: usize) -> String {
        let cfg = self.cfg.as_ref().map_or_else(String::new, |cfg| format!("#[cfg({})] ", cfg.text()));
        let role = match &self.role {
            Role::Placeholder(_, true) => String::new(),
            Role::Placeholder(place, false) => format!("#[segment(\"p{place}\")]"),
            Role::Query(name) => format!("#[query(\"q{name}\")]"),
            Role::Header(name) => format!("#[header(\"X-{name}\")]"),
            Role::Json => "#[json]".to_owned(),
            Role::Field(name) => format!("#[field(\"f{name}\")]"),
        };
        format!("{cfg}{role} {}: &str", self.name(index))
    }

    /// Whether both may not be there at once.
    fn excludes(&self, other: &Self) -> bool {
        use Role::{Field, Header, Json, Placeholder, Query};
        match (&self.role, &other.role) {
            (Placeholder(one, _), Placeholder(two, _)) => one == two,
            (Query(one), Query(two)) | (Header(one), Header(two)) | (Field(one), Field(two)) => one == two,
            (Json, Json | Field(_)) | (Field(_), Json) => true,
            _ => false,
        }
    }
}

#[derive(Debug, Clone)]
struct Declaration {
    /// The indices of the placeholders, in the order of the path.
    path: Vec<usize>,
    arguments: Vec<Argument>,
    cfg: Option<Predicate>,
}

impl Declaration {
    fn text(&self) -> String {
        let path: String = self.path.iter().map(|place| format!("/s/{{p{place}}}")).collect();
        let arguments = self.arguments.iter().enumerate().map(|(index, argument)| argument.text(index));
        let arguments = arguments.collect::<Vec<_>>().join(", ");
        let cfg = self.cfg.as_ref().map_or_else(String::new, |cfg| format!("#[cfg({})] ", cfg.text()));
        format!("trait Api {{ {cfg}#[post(\"/{path}\")] fn m(&self, {arguments}) -> Call<()>; }}")
            .replace("\"//", "\"/")
    }

    /// The combinations under which the method is there.
    fn combinations(&self) -> Vec<Options> {
        (0..8).filter(|set| self.cfg.as_ref().is_none_or(|cfg| cfg.holds(*set))).collect()
    }

    fn is_right(&self) -> bool {
        let fills = |argument: &&Argument, place: usize| matches!(argument.role, Role::Placeholder(index, _) if index == place);
        self.combinations().into_iter().all(|set| {
            let there: Vec<&Argument> =
                self.arguments.iter().filter(|argument| argument.is_there(set)).collect();
            let filled = |place| there.iter().filter(|argument| fills(argument, place)).count() == 1;
            let single = |(index, one): (usize, &&Argument)| {
                there.iter().skip(index + 1).all(|other| !one.excludes(other))
            };
            self.path.iter().all(|place| filled(*place)) && there.iter().enumerate().all(single)
        })
    }

    /// The names of the arguments that are there and fill a placeholder, in the order of the path.
    fn in_order(&self, set: Options) -> Vec<String> {
        let arguments = || self.arguments.iter().enumerate().filter(|(_, argument)| argument.is_there(set));
        let filling = |place: usize| {
            arguments()
                .find(|(_, argument)| matches!(argument.role, Role::Placeholder(index, _) if index == place))
        };
        self.path
            .iter()
            .filter_map(|place| filling(*place))
            .map(|(index, argument)| argument.name(index))
            .collect()
    }
}

/// The calls of the expansion that write a segment: under which `#[cfg]`s, and the name of the argument.
#[derive(Default)]
struct Segments(Vec<(Vec<Predicate>, String)>);

impl<'ast> Visit<'ast> for Segments {
    fn visit_stmt(&mut self, statement: &'ast syn::Stmt) {
        let syn::Stmt::Expr(syn::Expr::Call(call), _) = statement else {
            return syn::visit::visit_stmt(self, statement);
        };
        let syn::Expr::Path(function) = &*call.func else { return };
        if function.path.segments.last().unwrap().ident == "segment" {
            let cfgs = call.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
            let cfgs = cfgs.map(|attribute| Predicate::read(&attribute.parse_args().unwrap())).collect();
            let name = call.args.iter().find_map(|argument| match argument {
                syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
                _ => None,
            });
            self.0.push((cfgs, name.unwrap()));
        }
    }
}

fn predicate() -> impl Strategy<Value = Predicate> {
    let option = (0..OPTIONS.len()).prop_map(Predicate::Option);
    option.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| Predicate::Not(Box::new(inner))),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Predicate::All),
            prop::collection::vec(inner, 0..3).prop_map(Predicate::Any),
        ]
    })
}

/// The arguments for one place: one, two that exclude each other, or whatever comes.
fn for_one_place(
    roles: impl Strategy<Value = Role> + Clone + 'static,
) -> impl Strategy<Value = Vec<Argument>> {
    let not = |cfg: &Predicate| Predicate::Not(Box::new(cfg.clone()));
    let one = roles.clone().prop_map(|role| vec![Argument { role, cfg: None }]);
    let two = (roles.clone(), roles.clone(), predicate()).prop_map(move |(first, second, cfg)| {
        let other = Some(not(&cfg));
        vec![Argument { role: first, cfg: Some(cfg) }, Argument { role: second, cfg: other }]
    });
    let any = prop::collection::vec(
        (roles, prop::option::weighted(0.8, predicate())).prop_map(|(role, cfg)| Argument { role, cfg }),
        0..4,
    );
    prop_oneof![3 => one, 4 => two, 3 => any]
}

fn declaration() -> impl Strategy<Value = Declaration> {
    let path = prop::sample::subsequence(vec![0, 1, 2], 0..=3).prop_shuffle();
    let filled = path.prop_flat_map(|path| {
        let places: Vec<_> = path
            .iter()
            .map(|place| {
                let place = *place;
                for_one_place(any::<bool>().prop_map(move |by_name| Role::Placeholder(place, by_name)))
            })
            .collect();
        (Just(path), places)
    });
    let others = prop_oneof![
        (0..2_u8).prop_map(Role::Query),
        (0..2_u8).prop_map(Role::Header),
        (0..2_u8).prop_map(Role::Field),
        Just(Role::Json),
    ];
    let others = prop::option::weighted(0.5, for_one_place(others));
    (filled, others, prop::option::weighted(0.3, predicate()), any::<prop::sample::Index>()).prop_map(
        |((path, places), others, cfg, turn)| {
            let mut arguments: Vec<Argument> = places.into_iter().chain(others).flatten().collect();
            if !arguments.is_empty() {
                let by = turn.index(arguments.len());
                arguments.rotate_left(by);
            }
            Declaration { path, arguments, cfg }
        },
    )
}

#[test]
fn each_placeholder_gets_its_own_argument_under_each_combination() {
    const CASES: u32 = 3000;
    let (right, wrong) = (Cell::new(0_u32), Cell::new(0_u32));
    let config = Config { failure_persistence: None, ..Config::with_cases(CASES) };
    let result = TestRunner::new(config).run(&declaration(), |declaration| {
        prop_assume!(!declaration.combinations().is_empty());
        let text = declaration.text();
        let told = messages("", &text);
        prop_assert_eq!(told.is_empty(), declaration.is_right(), "{}: {:?}", text, told);
        if !told.is_empty() {
            wrong.set(wrong.get() + 1);
            return Ok(());
        }
        right.set(right.get() + 1);
        let mut segments = Segments::default();
        segments.visit_file(&syn::parse2(expanded("", &text)).unwrap());
        for set in declaration.combinations() {
            let written = segments.0.iter().filter(|(cfgs, _)| cfgs.iter().all(|cfg| cfg.holds(set)));
            let written: Vec<String> = written.map(|(_, name)| name.clone()).collect();
            prop_assert_eq!(written, declaration.in_order(set), "{} under {:b}", text, set);
        }
        Ok(())
    });
    println!("{CASES} declarations: {} right, {} refused", right.get(), wrong.get());
    result.unwrap();
    assert!(right.get() > CASES / 5 && wrong.get() > CASES / 5, "too few of one kind");
}
