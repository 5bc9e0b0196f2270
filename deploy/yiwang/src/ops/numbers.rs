//! `yiwang ops numbers`: after a restore, numbers that were given out in the lost time are not given
//! out again. They stand on papers, and departments would answer for somebody else.

use sqlx::{AssertSqlSafe, PgPool};

use yiwang_chassis::{
    audit::{self, Entry},
    clock::{Clock as _, SystemClock},
};

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
        let counters = counters(&pool, by).await?;
        if !dry_run {
            let mut tx = pool.begin().await?;
            for (_, raise) in &counters {
                sqlx::query(AssertSqlSafe(raise.clone()))
                    .execute(&mut *tx)
                    .await?;
            }
            let entry = Entry::repair(SystemClock.now(), "numbers.raise", format!("by/{by}"), None);
            audit::record(&mut tx, &entry).await?;
            tx.commit().await?;
        }
        let words = if dry_run { "would go" } else { "goes" };
        for (counter, _) in counters {
            println!("{}: {counter} {words} on {by} further up", service.name);
        }
    }
    Ok(())
}

/// Each counter, a sequence or a table with one row for each office and year, and what raises it. An
/// office whose row of this year was made in the lost time begins as far up.
async fn counters(pool: &PgPool, by: i32) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query_as(
        "select name, format('select setval(%L, nextval(%L) + %s)', name, name, $1)
           from (select format('%I.%I', schemaname, sequencename) as name from pg_sequences
                  where sequencename like '%\\_serial') sequences
         union all
         select name, format('with raised as (update %1$s set last = last + %2$s)
                              insert into %1$s (%3$s, year, last)
                              select distinct %3$s, extract(year from now() at time zone ''Asia/Shanghai'')::int, %2$s
                                from %1$s on conflict do nothing', name, $1, office)
           from (select format('%I.%I', table_schema, table_name) as name,
                        string_agg(quote_ident(column_name), ', ') as office
                   from information_schema.columns
                  where table_name like '%\\_serial' and column_name not in ('year', 'last')
                    and (table_schema, table_name) in (select schemaname, tablename from pg_tables)
                  group by table_schema, table_name) tables
          order by 1",
    )
    .bind(by)
    .fetch_all(pool)
    .await
}
