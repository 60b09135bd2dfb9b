use super::*;
use crate::FieldUpdate;
use std::collections::BTreeMap;

/// The pairs, decoded for a person to read, or what is wrong.
fn pairs<T: Serialize>(value: &T, lists: ListStyle, objects: ObjectStyle) -> Result<String, InvalidArgument> {
    let mut out = String::new();
    let mut pairs = Pairs::query(&mut out, true, NestedStyle { lists, objects });
    pairs.serialize("whole", value);
    let refused = pairs.finish();
    let text =
        percent_encoding::percent_decode_str(out.strip_prefix('&').unwrap_or("")).decode_utf8().unwrap();
    refused.map_or_else(|| Ok(text.into_owned()), Err)
}

#[derive(Serialize)]
struct Item {
    quantity: u32,
    price: Option<&'static str>,
}

#[test]
fn lists_in_every_style() {
    let value = BTreeMap::from([("n", [Some("1"), None, Some("2")])]);
    for (style, expected) in [
        (ListStyle::Repeat, "n=1&n=2"),
        (ListStyle::Comma, "n=1,2"),
        (ListStyle::Space, "n=1 2"),
        (ListStyle::Pipe, "n=1|2"),
        (ListStyle::Brackets, "n[]=1&n[]=2"),
        (ListStyle::Indices, "n[0]=1&n[1]=2"),
    ] {
        assert_eq!(pairs(&value, style, ObjectStyle::Brackets).unwrap(), expected);
    }
    assert_eq!(pairs(&BTreeMap::from([("n", [0; 0])]), ListStyle::Comma, ObjectStyle::Dots).unwrap(), "");
}

#[test]
fn objects_nest_in_the_order_of_the_declaration() {
    let item = |quantity| Item { quantity, price: (quantity == 2).then_some("p1") };
    let at = BTreeMap::from([("at", item(2))]);
    assert_eq!(pairs(&at, ListStyle::Repeat, ObjectStyle::Brackets).unwrap(), "at[quantity]=2&at[price]=p1");
    assert_eq!(pairs(&at, ListStyle::Repeat, ObjectStyle::Dots).unwrap(), "at.quantity=2&at.price=p1");
    let items = BTreeMap::from([("items", vec![item(2), item(3)])]);
    assert_eq!(
        pairs(&items, ListStyle::Indices, ObjectStyle::Brackets).unwrap(),
        "items[0][quantity]=2&items[0][price]=p1&items[1][quantity]=3"
    );
    for style in [ListStyle::Repeat, ListStyle::Comma] {
        assert_eq!(pairs(&items, style, ObjectStyle::Brackets).unwrap_err().argument, "items");
    }
}

#[test]
fn enums_and_keys_have_the_names_of_serde() {
    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Sort {
        NewFirst,
        By(&'static str),
    }
    let value = BTreeMap::from([(1, Sort::NewFirst), (2, Sort::By("x"))]);
    assert_eq!(pairs(&value, ListStyle::Repeat, ObjectStyle::Brackets).unwrap(), "1=new_first&2[by]=x");
}

#[test]
fn only_named_and_finite_values_are_taken() {
    for style in [ListStyle::Repeat, ListStyle::Indices] {
        assert!(pairs(&[1], style, ObjectStyle::Brackets).is_err());
    }
    assert!(pairs(&[[1, 2], [3, 4]].map(Vec::from), ListStyle::Repeat, ObjectStyle::Brackets).is_ok());
    assert!(pairs(&"x", ListStyle::Repeat, ObjectStyle::Brackets).is_err());
    assert_eq!(pairs(&None::<Item>, ListStyle::Repeat, ObjectStyle::Brackets).unwrap(), "");
    let nan = BTreeMap::from([("x", f64::NAN)]);
    assert_eq!(pairs(&nan, ListStyle::Repeat, ObjectStyle::Brackets).unwrap_err().argument, "x");
}

#[test]
fn a_list_of_pairs_is_named_by_them() {
    let list = [Some(("a", vec![1, 2])), None, Some(("b", vec![])), Some(("a", vec![3]))];
    for (style, expected) in [
        (ListStyle::Repeat, "a=1&a=2&a=3"),
        (ListStyle::Comma, "a=1,2&a=3"),
        (ListStyle::Indices, "a[0]=1&a[1]=2&a[0]=3"),
    ] {
        assert_eq!(pairs(&list, style, ObjectStyle::Brackets).unwrap(), expected);
        assert_eq!(pairs(&list.to_vec(), style, ObjectStyle::Brackets).unwrap(), expected);
    }
    let nested = [("x", [("y", 1)])];
    assert!(pairs(&nested, ListStyle::Repeat, ObjectStyle::Brackets).is_err());
    assert!(pairs(&[("a", 1, 2)], ListStyle::Repeat, ObjectStyle::Brackets).is_err());
    assert!(pairs(&[BTreeMap::from([("a", 1)])], ListStyle::Repeat, ObjectStyle::Brackets).is_err());
}

#[test]
fn what_has_no_text_says_why() {
    let refused = |value: FieldUpdate<u8>| {
        let invalid =
            pairs(&BTreeMap::from([("x", value)]), ListStyle::Repeat, ObjectStyle::Brackets).unwrap_err();
        (invalid.argument, invalid.reason.to_string())
    };
    assert!(refused(FieldUpdate::Clear).1.contains("only JSON"));
    assert!(refused(FieldUpdate::Keep).1.contains("skip_serializing_if"));
    let secret = BTreeMap::from([("x", crate::Secret::from("s"))]);
    let invalid = pairs(&secret, ListStyle::Repeat, ObjectStyle::Brackets).unwrap_err();
    assert!(invalid.reason.to_string().contains("request body only"));
}
