//! What `yiwang up` says on the terminal. Nobody need listen: a closed terminal
//! or pipe stops nothing.

use std::{
    io::{self, Write},
    path::Path,
    time::Duration,
};

use yiwang_gateway::demo;

/// The address, once everything is ready.
pub(super) fn ready(public_url: &str, log: Option<&Path>, took: Duration) {
    let log = log.map(|log| format!("  log      {}\n", log.display()));
    say(&format!(
        "\n  一网民政 Yiwang is ready after {:.1} s\n\n\
         \x20 portal   {public_url}\n\
         \x20 REST     {public_url}/api/v1/openapi.json\n\
         {}\
         \x20 stop     Ctrl-C\n\n",
        took.as_secs_f64(),
        log.unwrap_or_default(),
    ));
}

/// No service runs, but `yiwang ops` finds the databases.
pub(super) fn servers() {
    say("\n  PostgreSQL and NATS run, and no service.\n\n  stop     Ctrl-C\n\n");
}

/// The published accounts.
pub(super) fn accounts() {
    let accounts: String = demo::ACCOUNTS
        .iter()
        .map(|one| format!("  {:<11}{}  {}\n", one.login, one.name, one.label))
        .collect();
    say(&format!(
        "  Demo accounts, all with the password {}\n\
         \x20 (officers also need a code: the sign-in page shows the present ones)\n\n\
         {accounts}\n",
        demo::PASSWORD,
    ));
}

/// Writes to standard output, heard or not.
pub(crate) fn say(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
