//! `yiwang ops dead-letters`: see, give again, drop.

use anyhow::ensure;
use sqlx::PgPool;
use uuid::Uuid;
use yiwang_chassis::{
    clock::{Clock as _, SystemClock},
    dead_letter::{self, DeadLetter},
};

use crate::{check_config::chosen, services::Service, settings::Which};

/// More than this at once are worked on in several runs.
const AT_ONCE: i64 = 10_000;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// List them, oldest first
    List {
        /// Of which services; all when none is named
        #[arg(value_parser = Service::parse)]
        services: Vec<&'static Service>,
        #[command(flatten)]
        which: Which,
    },
    /// Give them to their consumer again
    Replay(Chosen),
    /// Drop them, so that their aggregate goes on without them
    Discard {
        #[command(flatten)]
        chosen: Chosen,
        /// Why, and how their effect was settled; kept in the audit log, without names
        #[arg(long)]
        reason: String,
    },
}

#[derive(clap::Args)]
pub(crate) struct Chosen {
    /// Whose
    #[arg(value_parser = Service::parse)]
    service: &'static Service,
    /// Which ones (see `list`)
    ids: Vec<Uuid>,
    /// All of them
    #[arg(long, conflicts_with = "ids")]
    all: bool,
    /// Only say which
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    which: Which,
}

pub(super) async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::List { services, which } => {
            for service in chosen(services) {
                let (_, pool) = super::open(&which, service).await?;
                let letters = dead_letter::list(&pool, AT_ONCE).await?;
                println!("{}: {} dead letters", service.name, letters.len());
                letters.iter().for_each(print);
            }
            Ok(())
        }
        Command::Replay(chosen) => {
            each(chosen, "replayed", async |pool, id| {
                dead_letter::replay(pool, id, SystemClock.now()).await
            })
            .await
        }
        Command::Discard { chosen, reason } => {
            let reason = reason.trim();
            ensure!(!reason.is_empty(), "say why");
            each(chosen, "discarded", async |pool, id| {
                dead_letter::discard(pool, id, reason, SystemClock.now()).await
            })
            .await
        }
    }
}

async fn each(
    chosen: Chosen,
    done: &str,
    act: impl AsyncFn(&PgPool, Uuid) -> Result<(), dead_letter::DeadLetterError>,
) -> anyhow::Result<()> {
    ensure!(
        chosen.all || !chosen.ids.is_empty(),
        "name dead letters, or say --all"
    );
    let (_, pool) = super::open(&chosen.which, chosen.service).await?;
    let letters = dead_letter::list(&pool, AT_ONCE).await?;
    let mut left = 0;
    for letter in letters
        .iter()
        .filter(|letter| chosen.all || chosen.ids.contains(&letter.id))
    {
        if chosen.dry_run {
            print(letter);
            continue;
        }
        match act(&pool, letter.id).await {
            Ok(()) => println!("{done} {}", letter.id),
            Err(error @ dead_letter::DeadLetterError::Database(_)) => return Err(error.into()),
            // The others are not its business.
            Err(error) => {
                println!("left: {error}");
                left += 1;
            }
        }
    }
    // A repeated call finds them gone: that is no error, but it is said.
    for id in chosen
        .ids
        .iter()
        .filter(|id| letters.iter().all(|letter| letter.id != **id))
    {
        println!("there is no dead letter {id}");
    }
    ensure!(left == 0, "{left} are left");
    Ok(())
}

fn print(letter: &DeadLetter) {
    println!(
        "{}  {}  {}  {} v{}  {} tries, {} waiting behind it: {}",
        letter.id,
        letter.died_at,
        letter.consumer,
        letter.aggregate.as_deref().unwrap_or("unreadable"),
        letter.version.unwrap_or_default(),
        letter.attempts,
        letter.waiting,
        letter.reason,
    );
}
