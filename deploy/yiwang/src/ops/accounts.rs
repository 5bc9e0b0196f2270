//! `yiwang ops accounts`: what no page does, since nobody may do it for themselves.

use anyhow::{Context as _, bail};
use secrecy::ExposeSecret as _;
use uuid::Uuid;
use yiwang_chassis::{fault::Fault, identity::Grant};
use yiwang_gateway::{
    Config,
    account::{Accounts, NewStaff},
    random_password,
};

use crate::{
    services::{GATEWAY, Service},
    settings::Which,
};

/// Accounts
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Create an officer; prints the first password, the second factor is enrolled at sign-in
    Create {
        #[command(flatten)]
        target: Target,
        /// Real name, shown in the history of cases
        #[arg(long)]
        name: String,
        /// Read the ID number from standard input: whoever handles cases must not handle their own
        #[arg(long)]
        with_id_number: bool,
        /// ROLE@DIVISION, e.g. township_officer@420323100; may be repeated
        #[arg(long = "grant", required = true)]
        grants: Vec<String>,
    },
    /// Replace the grants of an account and end its sessions
    Grant {
        #[command(flatten)]
        target: Target,
        /// ROLE@DIVISION; none takes all away
        #[arg(long = "grant")]
        grants: Vec<String>,
    },
    /// An officer has seen the person with their ID card 实名核验
    Verify(Target),
    /// Lift a lock-out
    Unlock(Target),
    /// New random password, to be handed over in person
    Reset {
        #[command(flatten)]
        target: Target,
        /// Also remove the authenticator
        #[arg(long)]
        second_factor: bool,
    },
    /// Close an account for good
    Disable(Target),
}

/// Whose account, and where.
#[derive(clap::Args)]
pub(crate) struct Target {
    /// Login name
    login: String,
    /// Only say what would be done
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    which: Which,
}

impl Target {
    async fn open(&self) -> anyhow::Result<Accounts> {
        let gateway = Service::parse(GATEWAY).map_err(anyhow::Error::msg)?;
        let config: Config = self.which.source(gateway).load()?;
        yiwang_gateway::accounts(&config).await
    }

    /// The account, unless this is a dry run, which says `what` and ends there.
    async fn account(&self, accounts: &Accounts, what: &str) -> anyhow::Result<Option<Uuid>> {
        let login = &self.login;
        let account = told(accounts.find(login).await)?;
        let account = account.with_context(|| format!("no account {login:?}"))?;
        if self.dry_run {
            println!("{login}: would be {what}");
        }
        Ok((!self.dry_run).then_some(account))
    }
}

/// Runs one command.
pub(super) async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Create {
            target,
            name,
            with_id_number,
            grants,
        } => create(target, name, with_id_number, &grants).await,
        Command::Grant { target, grants } => {
            let (accounts, grants) = (target.open().await?, parse(&grants)?);
            if let Some(account) = target.account(&accounts, "given these grants").await? {
                told(accounts.set_grants(account, &grants).await)?;
                println!("{}: grants replaced, sessions ended", target.login);
            }
            Ok(())
        }
        Command::Verify(target) => {
            let accounts = target.open().await?;
            if let Some(account) = target.account(&accounts, "verified").await? {
                told(accounts.verify_identity(account).await)?;
                println!("{}: identity verified", target.login);
            }
            Ok(())
        }
        Command::Unlock(target) => {
            let accounts = target.open().await?;
            if target.account(&accounts, "unlocked").await?.is_some() {
                told(accounts.unlock(&target.login).await)?;
                println!("{}: unlocked", target.login);
            }
            Ok(())
        }
        Command::Reset {
            target,
            second_factor,
        } => {
            let accounts = target.open().await?;
            if let Some(account) = target.account(&accounts, "reset").await? {
                let password = told(accounts.reset(account, second_factor).await)?;
                println!(
                    "{}: new password: {}",
                    target.login,
                    password.expose_secret()
                );
            }
            Ok(())
        }
        Command::Disable(target) => {
            let accounts = target.open().await?;
            if let Some(account) = target.account(&accounts, "disabled").await? {
                told(accounts.disable(account).await)?;
                println!("{}: disabled", target.login);
            }
            Ok(())
        }
    }
}

async fn create(
    target: Target,
    name: String,
    with_id_number: bool,
    grants: &[String],
) -> anyhow::Result<()> {
    let (accounts, grants) = (target.open().await?, parse(grants)?);
    if target.dry_run {
        println!("{}: would be created with {grants:?}", target.login);
        return Ok(());
    }
    let id_number = with_id_number.then(line_of_input).transpose()?;
    let password = random_password();
    let new = NewStaff {
        login: target.login.clone(),
        password: password.clone(),
        name,
        id_number,
        grants,
        totp_secret: None,
    };
    told(accounts.create_staff(new).await)?;
    println!(
        "{}: created; first password: {}",
        target.login,
        password.expose_secret()
    );
    Ok(())
}

/// A command line is seen by everybody on the machine, standard input is not.
fn line_of_input() -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

/// A fault as an operator reads it: the fields it names, too.
fn told<T>(result: Result<T, Fault>) -> anyhow::Result<T> {
    result.map_err(|fault| {
        let fields = fault.fields.iter();
        let fields = fields.map(|field| format!("\n  {}: {}", field.field, field.message));
        anyhow::anyhow!("{}{}", fault.message, fields.collect::<String>())
    })
}

fn parse(grants: &[String]) -> anyhow::Result<Vec<Grant>> {
    let one = |text: &String| {
        let Some((role, division)) = text.split_once('@') else {
            bail!("{text:?} is not ROLE@DIVISION");
        };
        Ok(Grant::new(role.parse()?, division))
    };
    grants.iter().map(one).collect()
}
