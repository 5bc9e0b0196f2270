//! Tokens and grants: what a service believes, and what ends at once.

use anyhow::{Context, anyhow};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::json;
use tonic::transport::Channel;
use yiwang_chassis::{
    grpc,
    identity::{Caller, Claims, Grant, Role, TOKEN_LIFETIME},
    testing::{ISSUER, TestIssuer},
};
use yiwang_e2e::{Family, id_number};
use yiwang_proto::casework::v1::{self as pb, casework_client::CaseworkClient};

use crate::{cast::BROKEN, outcome::of_grpc, table::PEOPLE, world::World};

const AUDIENCE: &str = "assistance";

/// Tokens that are believed and should not be, and grants that outlive their end.
pub(crate) async fn differences(world: &World<'_>) -> anyhow::Result<Vec<String>> {
    let mut wrong = forged(world).await?;
    wrong.extend(elsewhere(world).await?);
    wrong.extend(removed(world).await?);
    wrong.extend(relative(world).await?);
    Ok(wrong)
}

/// Every flaw of a token is found by the service itself.
async fn forged(world: &World<'_>) -> anyhow::Result<Vec<String>> {
    let issuer = &world.service.issuer;
    let caller = world.cast[PEOPLE.len()]
        .caller
        .as_ref()
        .context("no officer")?;
    let good = claims(caller, 0);
    let with = |change: fn(&mut Claims)| {
        let mut claims = good.clone();
        change(&mut claims);
        Some(issuer.sign(&claims))
    };
    let headed = |change: fn(&mut Header)| {
        let mut header = issuer.header();
        change(&mut header);
        Some(issuer.sign_with(&header, &good))
    };
    let tokens: Vec<(&str, Option<String>, char)> = vec![
        ("a good token", Some(issuer.sign(&good)), 'o'),
        ("no token", None, 'u'),
        ("no JWT", Some("x".to_owned()), 'u'),
        ("a broken token", Some(BROKEN.to_owned()), 'u'),
        (
            "a token for the gateway",
            with(|claims| claims.aud = "gateway".to_owned()),
            'u',
        ),
        (
            "a token for another service",
            with(|claims| claims.aud = "marriage".to_owned()),
            'u',
        ),
        (
            "a token without audience",
            with(|claims| claims.aud = String::new()),
            'u',
        ),
        (
            "a token of another issuer",
            with(|claims| claims.iss = "https://evil.invalid".to_owned()),
            'u',
        ),
        (
            "an expired token",
            Some(issuer.sign(&claims(caller, -301))),
            'u',
        ),
        (
            "a token that ended a second ago",
            with(|claims| claims.exp = Timestamp::now().as_second() - 1),
            'u',
        ),
        (
            "a token of tomorrow",
            Some(issuer.sign(&claims(caller, 600))),
            'u',
        ),
        (
            "a token that lives too long",
            with(|claims| claims.exp += 600),
            'u',
        ),
        (
            "typ JWT",
            headed(|header| header.typ = Some("JWT".to_owned())),
            'u',
        ),
        ("no typ", headed(|header| header.typ = None), 'u'),
        (
            "an unknown key",
            headed(|header| header.kid = Some("x".to_owned())),
            'u',
        ),
        ("no key", headed(|header| header.kid = None), 'u'),
        (
            "another key of the same name",
            Some(TestIssuer::new().sign_with(&issuer.header(), &good)),
            'u',
        ),
        ("alg none", Some(unsigned(issuer, &good)?), 'u'),
        (
            "HS256 with the public key",
            Some(symmetric(issuer, &good)?),
            'u',
        ),
        ("grants written in", Some(rewritten(issuer, &good)?), 'u'),
        (
            "a token with a trailing part",
            Some(format!("{}.x", issuer.sign(&good))),
            'u',
        ),
    ];
    let mut wrong = Vec::new();
    for (what, token, expected) in tokens {
        let answer = world.service.greet(token.as_deref()).await?;
        if answer.letter != expected {
            wrong.push(format!("{what}: {expected} expected, {}", answer.said));
        }
    }
    Ok(wrong)
}

#[expect(
    clippy::disallowed_methods,
    reason = "tokens follow the machine's clock"
)]
fn claims(caller: &Caller, shift: i64) -> Claims {
    let now = Timestamp::now() + SignedDuration::from_secs(shift);
    Claims::new(caller, ISSUER, AUDIENCE, now, TOKEN_LIFETIME)
}

/// The parts of a good token.
fn parts(issuer: &TestIssuer, claims: &Claims) -> anyhow::Result<[String; 3]> {
    let token = issuer.sign(claims);
    let parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    parts.try_into().map_err(|_| anyhow!("no JWT"))
}

fn encoded(value: &serde_json::Value) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(value.to_string())
}

fn unsigned(issuer: &TestIssuer, claims: &Claims) -> anyhow::Result<String> {
    let [_, payload, _] = parts(issuer, claims)?;
    let kid = issuer.header().kid;
    let header = encoded(&json!({"alg": "none", "typ": "at+jwt", "kid": kid}));
    Ok(format!("{header}.{payload}."))
}

fn symmetric(issuer: &TestIssuer, claims: &Claims) -> anyhow::Result<String> {
    let header = Header {
        alg: Algorithm::HS256,
        ..issuer.header()
    };
    let public = serde_json::to_vec(&issuer.jwks().keys[0])?;
    Ok(jsonwebtoken::encode(
        &header,
        claims,
        &EncodingKey::from_secret(&public),
    )?)
}

fn rewritten(issuer: &TestIssuer, claims: &Claims) -> anyhow::Result<String> {
    let [header, _, signature] = parts(issuer, claims)?;
    let mut more = claims.clone();
    more.grants = vec![Grant::new(Role::CountyOfficer, "000000")];
    let payload = encoded(&serde_json::to_value(&more)?);
    Ok(format!("{header}.{payload}.{signature}"))
}

/// The product's own process does not take the token for the REST interface, nor ours.
async fn elsewhere(world: &World<'_>) -> anyhow::Result<Vec<String>> {
    let settings = world.suite.data().join("config/gateway.toml");
    let settings: toml::Table = std::fs::read_to_string(settings)?.parse()?;
    let address = settings["services"]["assistance"]
        .as_str()
        .context("no address")?;
    let channel: Channel = grpc::client::channel(address)?;
    let officer = &world.cast[PEOPLE.len() + 5];
    let rest = officer.rest.as_ref().context("no account")?.token().await?;
    let ours = officer
        .caller
        .as_ref()
        .map(|caller| world.service.token(caller));
    let mut wrong = Vec::new();
    for (what, token) in [
        ("the token for REST", rest),
        ("a token of another issuer", ours),
        ("no token", None),
    ] {
        let request = grpc::client::request(pb::ListOwnCasesRequest::default(), token.as_deref())?;
        let answer = of_grpc(
            CaseworkClient::new(channel.clone())
                .list_own_cases(request)
                .await
                .map(drop),
        );
        if answer.letter != 'u' {
            wrong.push(format!(
                "{what} at the product's own service: {}",
                answer.said
            ));
        }
    }
    // What the matrix sends as good must be good over REST too.
    let own = world.cast[2]
        .rest
        .as_ref()
        .context("no account")?
        .get("/api/v1/account")
        .await?;
    if own.status != 200 {
        wrong.push(format!("the applicant's own account: {}", own.status));
    }
    Ok(wrong)
}

/// Whose grants are taken away, or whose account is disabled, is out with the next request.
async fn removed(world: &World<'_>) -> anyhow::Result<Vec<String>> {
    let path = format!("/api/v1/cases/{}", world.scene.real.number);
    let grants = [Grant::new(Role::TownshipOfficer, "420323100")];
    let officer = world
        .stage
        .hire(
            "matrix.removed",
            &grants,
            id_number("420302", "19880612", 901),
        )
        .await?;
    let mut wrong = Vec::new();
    let mut expect = async |what: &str, expected: u16| {
        let status = officer.rest.get(&path).await?.status;
        if status != expected {
            wrong.push(format!("{what}: {status} and not {expected}"));
        }
        anyhow::Ok(())
    };
    expect("an officer", 200).await?;
    world.stage.set_grants(officer.account, &[]).await?;
    expect("an officer without grants, old token", 401).await?;
    let again = world
        .stage
        .hire(
            "matrix.disabled",
            &grants,
            id_number("420302", "19880612", 902),
        )
        .await?;
    world.stage.disable(again.account).await?;
    let status = again.rest.get(&path).await?.status;
    if status != 401 {
        wrong.push(format!("a disabled officer: {status} and not 401"));
    }
    Ok(wrong)
}

/// Nobody decides the case of a near relative on file.
async fn relative(world: &World<'_>) -> anyhow::Result<Vec<String>> {
    let grants = [
        Grant::new(Role::TownshipOfficer, "420323100"),
        Grant::new(Role::CountyOfficer, "420323"),
        Grant::new(Role::Approver, "420323"),
    ];
    let spouse = Family::new(1).spouse.1;
    let officer = world.stage.hire("matrix.spouse", &grants, spouse).await?;
    let mut wrong = Vec::new();
    for action in [
        "record_complaint",
        "request_check",
        "report_to_county",
        "fraud_stop",
    ] {
        let reply = officer
            .rest
            .act_reply(&world.scene.real.number, action, &json!({}))
            .await?;
        let code = reply.json()?["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        if (reply.status, code.as_str()) != (403, "OWN_CASE") {
            wrong.push(format!(
                "the applicant's spouse may {action}: {} {code}",
                reply.status
            ));
        }
    }
    let case = officer.rest.case(&world.scene.real.number).await?;
    if !case.actions().is_empty() {
        wrong.push(format!(
            "the applicant's spouse is offered {:?}",
            case.actions()
        ));
    }
    Ok(wrong)
}
