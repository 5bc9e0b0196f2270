//! Everybody who calls: nobody, somebody with a broken token, two citizens, and
//! an officer of each role for each region, with accounts of the product.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};

use anyhow::{Context, anyhow};
use futures::{StreamExt as _, TryStreamExt as _};
use jiff::Timestamp;
use reqwest::Client;
use sqlx::PgPool;
use uuid::Uuid;
use yiwang_chassis::{
    clock::{DemoClock, SystemClock},
    config, db,
    fault::Fault,
    identity::{Caller, Grant},
    keys::Keys,
};
use yiwang_e2e::{Api, Suite, id_number};
use yiwang_gateway::{
    AppState, Config,
    account::{NewStaff, totp_code_at},
    session::{Authenticated, ClientInfo},
};

use crate::table::{PEOPLE, REGIONS, ROLES};

/// The second factor of every officer here, base32.
const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/// A JWT in form and nothing more.
pub(crate) const BROKEN: &str =
    "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6IjEifQ.e30.c2lnbmF0dXJl";

/// The name of every officer here.
const OFFICER: &str = "欧阳审理";

/// An account that was just made.
pub(crate) struct Hired {
    pub(crate) account: Uuid,
    pub(crate) rest: Api,
}

/// Somebody who calls.
pub(crate) struct Actor {
    /// Serial number.
    pub(crate) index: usize,
    /// For messages.
    pub(crate) name: String,
    /// Column of the table.
    pub(crate) column: usize,
    /// Region of the grant, counted from 0.
    pub(crate) region: usize,
    /// REST with the account's tokens; none without an account.
    pub(crate) rest: Option<Api>,
    /// The cookies of this browser.
    pub(crate) cookie: String,
    /// What a form of this browser must carry.
    pub(crate) csrf: String,
    /// Marks drafts as this person's.
    pub(crate) tag: String,
    /// As services see this person; none without an account.
    pub(crate) caller: Option<Caller>,
}

impl Actor {
    fn new(index: usize, name: String, column: usize, region: usize) -> Self {
        Self {
            index,
            name,
            column,
            region,
            rest: None,
            cookie: String::new(),
            csrf: String::new(),
            tag: String::new(),
            caller: None,
        }
    }

    /// Whether this is the caller with the broken token.
    pub(crate) fn is_broken(&self) -> bool {
        self.column == 1
    }

    /// The account.
    pub(crate) fn account(&self) -> anyhow::Result<Uuid> {
        Ok(self.caller.as_ref().context("no account")?.account)
    }
}

/// The gateway's own functions and database, beside the running gateway.
pub(crate) struct Backstage<'a> {
    suite: &'a Suite,
    http: &'a Client,
    state: AppState,
    /// The gateway's database.
    pub(crate) pool: PgPool,
}

/// Opens the backstage of a running suite.
pub(crate) async fn backstage<'a>(
    suite: &'a Suite,
    http: &'a Client,
) -> anyhow::Result<Backstage<'a>> {
    yiwang_chassis::install_tls_provider();
    let file = suite.data().join("config/gateway.toml");
    let config: Config = config::load(yiwang_gateway::DEFAULTS, Some(&file), "YIWANG_MATRIX")?;
    let pool = db::connect(&config.database).await?;
    let vault = yiwang_gateway::vault(&Keys::load(&config.keys.dir)?)?;
    let clock = config.demo.as_ref().context("no demo")?.clock_file.clone();
    let clock = Arc::new(DemoClock::open(&clock)?);
    let state = yiwang_gateway::build(config, pool.clone(), vault, clock, Arc::new(SystemClock));
    Ok(Backstage {
        suite,
        http,
        state: state.await?,
        pool,
    })
}

/// Makes accounts and signs everybody in, in both ways.
pub(crate) async fn assemble(
    stage: &Backstage<'_>,
    citizens: [Api; 2],
) -> anyhow::Result<Vec<Actor>> {
    let mut cast = Vec::new();
    for column in [0, 1] {
        let mut actor = Actor::new(column, PEOPLE[column].to_owned(), column, 0);
        (actor.cookie, actor.csrf) = stage.anonymous_form().await?;
        if actor.is_broken() {
            actor
                .cookie
                .push_str("; yiwang_session=bm90IGEgc2Vzc2lvbiBhdCBhbGwsIG5vdCBldmVuIGNsb3Nl");
        }
        cast.push(actor);
    }
    for (column, api) in (2..).zip(citizens) {
        cast.push(stage.citizen(column, api).await?);
    }
    let count = ROLES.len() * REGIONS.len();
    let officers =
        (0..count).map(|serial| stage.officer(serial / REGIONS.len(), serial % REGIONS.len()));
    let officers: Vec<Actor> = futures::stream::iter(officers)
        .buffered(4)
        .try_collect()
        .await?;
    cast.extend(officers);
    Ok(cast)
}

impl Backstage<'_> {
    async fn officer(&self, role: usize, region: usize) -> anyhow::Result<Actor> {
        let ((title, role_of), (place, division)) = (ROLES[role], REGIONS[region]);
        let grants = vec![Grant::new(role_of, division)];
        let index = PEOPLE.len() + role * REGIONS.len() + region;
        let own = id_number("420302", "19880612", u16::try_from(index)?);
        let hired = self
            .hire(&format!("matrix.{title}.{region}"), &grants, own)
            .await?;
        let name = format!("{title} of the {place}");
        let mut actor = Actor::new(index, name, PEOPLE.len() + role, region);
        self.browse(&mut actor, hired.account, role_of.is_staff())
            .await?;
        actor.rest = Some(hired.rest);
        actor.caller = Some(Caller {
            account: hired.account,
            name: OFFICER.to_owned(),
            person: Some(self.person(hired.account).await?),
            grants,
            session: Some(Uuid::new_v4()),
            on_behalf_of: None,
        });
        Ok(actor)
    }

    /// Makes an account with these grants and signs it in over REST.
    pub(crate) async fn hire(
        &self,
        login: &str,
        grants: &[Grant],
        id_number: String,
    ) -> anyhow::Result<Hired> {
        let new = NewStaff {
            login: login.to_owned(),
            password: Suite::PASSWORD.to_owned().into(),
            name: OFFICER.to_owned(),
            id_number: Some(id_number),
            grants: grants.to_vec(),
            totp_secret: Some(SECRET.to_owned()),
        };
        let account = self
            .state
            .accounts()
            .create_staff(new)
            .await
            .map_err(failed)?;
        let code = totp_code_at(SECRET, now(), None).map_err(failed)?;
        let rest = self
            .suite
            .stranger()
            .sign_in(login, Suite::PASSWORD, Some(&code))
            .await?;
        Ok(Hired { account, rest })
    }

    /// Replaces the grants of an account.
    pub(crate) async fn set_grants(&self, account: Uuid, grants: &[Grant]) -> anyhow::Result<()> {
        self.state
            .accounts()
            .set_grants(account, grants)
            .await
            .map_err(failed)
    }

    /// Disables an account.
    pub(crate) async fn disable(&self, account: Uuid) -> anyhow::Result<()> {
        self.state.accounts().disable(account).await.map_err(failed)
    }

    async fn citizen(&self, column: usize, api: Api) -> anyhow::Result<Actor> {
        let own = api.get("/api/v1/account").await?.expect(200)?.json()?;
        let account: Uuid = own["account"].as_str().context("no account")?.parse()?;
        let mut actor = Actor::new(column, PEOPLE[column].to_owned(), column, 0);
        actor.rest = Some(api);
        self.browse(&mut actor, account, false).await?;
        actor.caller = Some(Caller {
            account,
            name: own["name"].as_str().context("no name")?.to_owned(),
            person: Some(self.person(account).await?),
            grants: vec![],
            session: Some(Uuid::new_v4()),
            on_behalf_of: None,
        });
        Ok(actor)
    }

    /// The person key of an account.
    async fn person(&self, account: Uuid) -> anyhow::Result<String> {
        let key = sqlx::query_scalar("select person_key from gateway.account where id = $1");
        Ok(key.bind(account).fetch_one(&self.pool).await?)
    }

    /// A browser session, and what its forms must carry.
    async fn browse(&self, actor: &mut Actor, account: Uuid, staff: bool) -> anyhow::Result<()> {
        let who = Authenticated { account, staff };
        let client = ClientInfo {
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            device: "测试".to_owned(),
        };
        let cookie = self
            .state
            .sessions()
            .open_browser(&who, &client)
            .await
            .map_err(failed)?;
        actor.cookie = format!("{}={}", cookie.name(), cookie.value());
        let session = self
            .http
            .get(self.suite.url("/session"))
            .header("Cookie", &actor.cookie)
            .send()
            .await?;
        let session: serde_json::Value = session.error_for_status()?.json().await?;
        let text = |key: &str| {
            session[key]
                .as_str()
                .map(str::to_owned)
                .context("an incomplete session")
        };
        (actor.csrf, actor.tag) = (text("csrf")?, text("who")?);
        Ok(())
    }

    /// The cookie of a browser without a session, and the token of its forms.
    async fn anonymous_form(&self) -> anyhow::Result<(String, String)> {
        let page = self
            .http
            .get(self.suite.url("/login"))
            .send()
            .await?
            .error_for_status()?;
        let cookie = page
            .headers()
            .get("set-cookie")
            .context("no cookie")?
            .to_str()?;
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        let html = page.text().await?;
        let (_, rest) = html
            .split_once("name=\"csrf\" value=\"")
            .context("no token in the form")?;
        let token = rest.split('"').next().unwrap_or_default().to_owned();
        Ok((cookie, token))
    }
}

fn failed(fault: Fault) -> anyhow::Error {
    anyhow!("{fault:?}")
}

#[expect(
    clippy::disallowed_methods,
    reason = "codes follow the machine's clock"
)]
fn now() -> Timestamp {
    Timestamp::now()
}
