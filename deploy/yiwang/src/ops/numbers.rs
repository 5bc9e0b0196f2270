//! `yiwang ops numbers`: after a restore, numbers that were given out in the lost time are not given
//! out again. They stand on papers, and departments would answer for somebody else.

use sqlx::{AssertSqlSafe, PgPool};

use crate::{check_config::chosen, services::Service, settings::Which};

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Let all counters of cases, certificates, bills and batches go on further up; once more does it
    /// once more, which leaves a gap and no harm
    Raise {
        /// Of which services; all when none is named
        #[arg(value_parser = Service::parse)]
        services: Vec<&'static Service>,
        /// By how much: more than was given out in the lost time, at any office
        #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(i32).range(1..=100_000))]
        by: i32,
        /// Only list the counters
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        which: Which,
    },
}

pub(super) async fn run(command: Command) -> anyhow::Result<()> {
    let Command::Raise {
        services,
        by,
        dry_run,
        which,
    } = command;
    for service in chosen(services) {
        let (_, pool) = super::open(&which, service).await?;
        for (counter, raise) in counters(&pool, by).await? {
            if !dry_run {
                sqlx::query(AssertSqlSafe(raise)).execute(&pool).await?;
            }
            let words = if dry_run { "would go" } else { "goes" };
            println!("{}: {counter} {words} on {by} further up", service.name);
        }
    }
    Ok(())
}

/// Each counter, a sequence or a table with one row for each office and year, and what raises it.
async fn counters(pool: &PgPool, by: i32) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query_as(
        "select name, format('select setval(%L, nextval(%L) + %s)', name, name, $1)
           from (select format('%I.%I', schemaname, sequencename) as name from pg_sequences
                  where sequencename like '%\\_serial') sequences
         union all
         select name, format('update %s set last = last + %s', name, $1)
           from (select format('%I.%I', schemaname, tablename) as name from pg_tables
                  where tablename like '%\\_serial') tables
          order by 1",
    )
    .bind(by)
    .fetch_all(pool)
    .await
}
