//! How often a call allocates, reallocations included, and that it stays so.
//!
//! The counts are those of one thread: the caller's, which also drives its connections. The server has its own.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing)]

use allocation_counter::measure;
use declarest_bench::Setup;
use declarest_bench::declared::AdminApiKeys as _;
use declarest_bench::workload::{self, Caller, KEY_ID, LIMIT, ORDER, Operation};

/// Of get, list, create and delete.
type Counts = [u64; 4];

/// The calls by hand, over reqwest with the features that this crate asks for.
const BY_HAND: Counts = [63, 243, 67, 56];

/// What one call costs when a connection is open. What a run costs by itself cancels out.
fn per_call<C: Caller>(setup: &Setup<C>) -> Counts {
    Operation::ALL.map(|operation| {
        setup.run(operation, 5).unwrap();
        let count = |times| measure(|| setup.run(operation, times).unwrap()).count_total;
        let (ten, thirty) = (count(10), count(30));
        (thirty - ten + 10) / 20
    })
}

/// Another crate of the same build may turn on features of reqwest: with `cookies`, it parses each URL once more. The calls by
/// hand pay for that, too, so it can be taken off.
fn over_reqwest() -> Counts {
    let counted = per_call(&Setup::over_reqwest().unwrap());
    let by_hand = per_call(&Setup::by_hand().unwrap());
    std::array::from_fn(|at| counted[at] - by_hand[at].saturating_sub(BY_HAND[at]))
}

fn of_building(describe: impl FnOnce()) -> u64 {
    measure(describe).count_total
}

/// Fails above the figures, and when they are worth writing down anew. Over a socket, one more or less is chance.
fn assert_costs(what: &str, counted: Counts, figures: Counts, margin: u64) {
    println!("{what}: get, list, create, delete = {counted:?}");
    let above = counted.iter().zip(figures).any(|(counted, figure)| *counted > figure + margin);
    assert!(!above, "{what} allocates more than it did: {counted:?} instead of {figures:?}");
    let below = counted.iter().zip(figures).any(|(counted, figure)| counted + margin < figure);
    assert!(
        !below,
        "{what} allocates less than it did, so write it down: {counted:?} instead of {figures:?}"
    );
}

#[test]
fn describing_a_call() {
    let setup = Setup::in_process().unwrap();
    let keys = setup.caller();
    let new_key = workload::new_key();
    let counted = [
        of_building(|| drop(keys.get(KEY_ID))),
        of_building(|| drop(keys.list(KEY_ID, ORDER, LIMIT))),
        of_building(|| drop(keys.create(&new_key))),
        of_building(|| drop(keys.delete(KEY_ID))),
    ];
    assert_costs("describing a call", counted, [2, 2, 3, 2], 0);
}

#[test]
fn describing_a_call_by_hand_costs_more() {
    let (declared, by_hand) = (Setup::in_process().unwrap(), Setup::by_hand().unwrap());
    let (declared, by_hand) = (declared.caller(), by_hand.caller());
    let (new_key, params) = (workload::new_key(), workload::list_params());
    let pairs = [
        (of_building(|| drop(declared.get(KEY_ID))), of_building(|| drop(by_hand.get(KEY_ID).build()))),
        (
            of_building(|| drop(declared.list(KEY_ID, ORDER, LIMIT))),
            of_building(|| drop(by_hand.list(&params).build())),
        ),
        (
            of_building(|| drop(declared.create(&new_key))),
            of_building(|| drop(by_hand.create(&new_key).build())),
        ),
        (of_building(|| drop(declared.delete(KEY_ID))), of_building(|| drop(by_hand.delete(KEY_ID).build()))),
    ];
    println!("describing a call, declared and by hand: {pairs:?}");
    assert!(pairs.iter().all(|(declared, by_hand)| declared < by_hand), "{pairs:?}");
}

#[test]
fn a_whole_call_in_the_process() {
    let counted = per_call(&Setup::in_process().unwrap());
    assert_costs("a whole call in the process", counted, [21, 199, 25, 14], 0);
}

#[test]
fn a_whole_call_over_loopback_with_reqwest() {
    assert_costs("a whole call over loopback with reqwest", over_reqwest(), [53, 233, 59, 46], 1);
}

#[test]
fn a_whole_call_over_loopback_with_hyper() {
    let counted = per_call(&Setup::over_hyper().unwrap());
    assert_costs("a whole call over loopback with hyper", counted, [28, 206, 34, 21], 1);
}

#[test]
fn a_whole_call_by_hand_costs_more() {
    let declared = over_reqwest();
    let by_hand = per_call(&Setup::by_hand().unwrap());
    println!("a whole call over loopback by hand: get, list, create, delete = {by_hand:?}");
    assert!(
        declared.iter().zip(by_hand).all(|(declared, by_hand)| *declared < by_hand),
        "{declared:?} {by_hand:?}"
    );
}
