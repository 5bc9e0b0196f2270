//! Points at which a test may kill the process.
//!
//! With `YIWANG_FAILPOINT=<name>` in its environment the process aborts when it
//! reaches that point, `<name>@3` when it does so for the third time: a real
//! death without any clean-up. Without the variable a point costs one load.

use std::sync::{
    OnceLock,
    atomic::{AtomicU64, Ordering},
};

/// The points of messaging, for tests that must reach every one.
pub const ALL: [&str; 7] = [
    "relay.before_publish",
    "relay.after_publish",
    "relay.after_mark",
    "inbox.before_commit",
    "inbox.after_commit",
    "inbox.after_ack",
    "reconcile.after_reset",
];

/// The points on the way of an act that registers a marriage, in their order.
pub const REGISTERING: [&str; 7] = [
    "register.after_number",
    "register.after_record",
    "register.after_spouses",
    "register.after_certificate",
    "act.after_certificates",
    "act.before_commit",
    "act.after_commit",
];

/// The points on the way of the act that puts a marriage into the archive.
pub const ARCHIVING: [&str; 1] = ["archive.after_file"];

static ARMED: OnceLock<Option<Armed>> = OnceLock::new();

struct Armed {
    name: String,
    left: AtomicU64,
}

/// Aborts the process if this point is armed.
pub fn hit(name: &'static str) {
    debug_assert!(
        [&ALL[..], &REGISTERING, &ARCHIVING]
            .iter()
            .any(|points| points.contains(&name)),
        "unlisted failpoint {name}"
    );
    let Some(armed) = ARMED.get_or_init(read) else {
        return;
    };
    if armed.name == name && armed.left.fetch_sub(1, Ordering::Relaxed) == 1 {
        tracing::error!(failpoint = name, "failpoint reached, aborting");
        std::process::abort();
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "not configuration: set by fault tests only"
)]
fn read() -> Option<Armed> {
    parse(&std::env::var("YIWANG_FAILPOINT").ok()?)
}

fn parse(text: &str) -> Option<Armed> {
    let (name, count) = text.split_once('@').unwrap_or((text, "1"));
    Some(Armed {
        name: name.to_owned(),
        left: AtomicU64::new(count.parse().ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_may_be_armed_for_a_later_visit() {
        let armed = parse("relay.after_mark@3").unwrap();
        assert_eq!(armed.name, "relay.after_mark");
        assert_eq!(armed.left.into_inner(), 3);
        assert_eq!(parse("relay.after_mark").unwrap().left.into_inner(), 1);
        assert!(parse("relay.after_mark@often").is_none());
    }

    #[test]
    fn an_unarmed_point_does_nothing() {
        hit("relay.before_publish");
    }
}
