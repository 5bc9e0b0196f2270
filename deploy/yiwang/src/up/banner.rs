//! What `yiwang up` says on the terminal.

use std::{path::Path, time::Duration};

use yiwang_gateway::demo;

/// The address, once everything is ready.
pub(super) fn ready(public_url: &str, log: Option<&Path>, took: Duration) {
    println!();
    println!(
        "  一网民政 Yiwang is ready after {:.1} s",
        took.as_secs_f64()
    );
    println!();
    println!("  portal   {public_url}");
    println!("  REST     {public_url}/api/v1/openapi.json");
    if let Some(log) = log {
        println!("  log      {}", log.display());
    }
    println!("  stop     Ctrl-C");
    println!();
}

/// The published accounts.
pub(super) fn accounts() {
    println!("  Demo accounts, all with the password {}", demo::PASSWORD);
    println!("  (officers also need a code: the sign-in page shows the present ones)");
    println!();
    for account in &demo::ACCOUNTS {
        println!("  {:<11}{}  {}", account.login, account.name, account.label);
    }
    println!();
}
