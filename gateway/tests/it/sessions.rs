//! How long sessions last and what ends them at once.

use reqwest::{Method, Response};
use secrecy::SecretString;
use yiwang_chassis::identity::{Grant, Role};
use yiwang_gateway::session::Authenticated;

use crate::harness::{Gateway, PASSWORD, client, id_number};

/// Whether the browser is still signed in.
async fn inside(gateway: &Gateway, cookie: &str) -> bool {
    let page = gateway
        .request(Method::GET, "/account")
        .header("cookie", cookie)
        .send();
    let page = page.await.unwrap();
    if page.status() == 200 {
        return true;
    }
    assert_eq!(location(&page), "/login?next=%2Faccount");
    false
}

fn location(response: &Response) -> &str {
    assert_eq!(response.status(), 303);
    response.headers()["location"].to_str().unwrap()
}

#[tokio::test]
async fn a_citizen_may_rest_for_half_an_hour_and_an_officer_for_a_quarter() {
    let gateway = Gateway::start().await;
    let account = gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let citizen = gateway.browser(account, false).await;
    let account = gateway.officer("officer").await;
    let officer = gateway.browser(account, true).await;
    gateway.later(14 * 60);
    assert!(inside(&gateway, &citizen).await && inside(&gateway, &officer).await);
    gateway.later(16 * 60);
    assert!(inside(&gateway, &citizen).await);
    assert!(!inside(&gateway, &officer).await);
    gateway.later(31 * 60);
    assert!(!inside(&gateway, &citizen).await);
}

#[tokio::test]
async fn no_session_outlasts_twelve_hours() {
    let gateway = Gateway::start().await;
    let account = gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let cookie = gateway.browser(account, false).await;
    for _ in 0..35 {
        gateway.later(20 * 60);
        assert!(inside(&gateway, &cookie).await);
    }
    gateway.later(20 * 60);
    assert!(!inside(&gateway, &cookie).await);
}

#[tokio::test]
async fn an_access_token_lives_for_five_minutes() {
    let gateway = Gateway::start().await;
    gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let (token, _) = gateway.tokens("zhang").await;
    gateway.later(299);
    assert_eq!(gateway.get("/api/v1/account", &token).await.status(), 200);
    gateway.later(1);
    assert_eq!(gateway.get("/api/v1/account", &token).await.status(), 401);
}

#[tokio::test]
async fn disabling_and_new_grants_take_effect_with_the_next_request() {
    let gateway = Gateway::start().await;
    let citizen = gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let (token, _) = gateway.tokens("zhang").await;
    let cookie = gateway.browser(citizen, false).await;
    gateway.state.accounts().disable(citizen).await.unwrap();
    assert_eq!(gateway.get("/api/v1/account", &token).await.status(), 401);
    assert!(!inside(&gateway, &cookie).await);

    let officer = gateway.officer("officer").await;
    let token = gateway.officer_token("officer").await;
    assert_eq!(gateway.get("/api/v1/worklist", &token).await.status(), 200);
    // The row alone, as another replica might change it.
    sqlx::query("update gateway.account_grant set role = 'citizen' where account = $1")
        .bind(officer)
        .execute(&gateway.db.pool)
        .await
        .unwrap();
    assert_eq!(gateway.get("/api/v1/worklist", &token).await.status(), 403);
    let grants = [Grant::new(Role::CountyOfficer, "420323")];
    gateway
        .state
        .accounts()
        .set_grants(officer, &grants)
        .await
        .unwrap();
    assert_eq!(gateway.get("/api/v1/worklist", &token).await.status(), 401);
    let token = gateway.officer_token("officer").await;
    assert_eq!(gateway.get("/api/v1/worklist", &token).await.status(), 200);
}

#[tokio::test]
async fn one_lists_and_ends_ones_own_sessions_and_a_new_password_ends_the_others() {
    let gateway = Gateway::start().await;
    let account = gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let first = gateway.browser(account, false).await;
    gateway.later(1);
    let second = gateway.browser(account, false).await;
    let stranger = gateway.citizen("li.si", &id_number("19790512", 103)).await;
    let other = gateway.browser(stranger, false).await;

    let sessions = gateway.state.sessions();
    let me = signed_in(&gateway, &first).await;
    let them = signed_in(&gateway, &other).await;
    let listed = sessions.list(&me).await.unwrap();
    assert_eq!(
        listed.iter().map(|one| one.current).collect::<Vec<_>>(),
        [false, true]
    );
    sessions.end(&me, them.session).await.unwrap();
    assert!(
        inside(&gateway, &other).await,
        "another person's session is not mine to end"
    );
    sessions.end(&me, listed[0].id).await.unwrap();
    assert!(!inside(&gateway, &second).await);

    let third = gateway.browser(account, false).await;
    let secret = |text: &str| SecretString::from(text.to_owned());
    let accounts = gateway.state.accounts();
    let new = secret("举头望明月低头思故乡床前月光");
    let wrong = accounts
        .change_password(&me, &secret("wrong"), &new, &client())
        .await;
    assert_eq!(wrong.unwrap_err().reason, "SIGN_IN_FAILED");
    let short = accounts
        .change_password(&me, &secret(PASSWORD), &secret("short"), &client())
        .await;
    assert_eq!(short.unwrap_err().fields[0].field, "/password");
    let new = secret("举头望明月低头思故乡床前月光光");
    accounts
        .change_password(&me, &secret(PASSWORD), &new, &client())
        .await
        .unwrap();
    assert!(inside(&gateway, &first).await);
    assert!(!inside(&gateway, &third).await);
    assert_eq!(gateway.sign_in("zhang", PASSWORD, None).await.status(), 401);
}

async fn signed_in(gateway: &Gateway, cookie: &str) -> yiwang_gateway::session::SignedIn {
    let token = cookie.split_once('=').unwrap().1;
    gateway
        .state
        .sessions()
        .by_cookie(token)
        .await
        .unwrap()
        .unwrap()
}

#[tokio::test]
async fn cookies_belong_to_this_host_alone() {
    let gateway = Gateway::start_with(|config, _| {
        config.http.public_url = "https://yiwang.local".to_owned();
        config.http.secure_cookies = true;
    })
    .await;
    let account = gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let who = Authenticated {
        account,
        staff: false,
    };
    let cookie = gateway
        .state
        .sessions()
        .open_browser(&who, &client())
        .await
        .unwrap();
    assert_eq!(cookie.name(), "__Host-yiwang_session");
    assert_eq!(
        (cookie.secure(), cookie.http_only()),
        (Some(true), Some(true))
    );
    assert_eq!((cookie.path(), cookie.domain()), (Some("/"), None));
    assert!(cookie.value().len() >= 43);
    let page = gateway.request(Method::GET, "/").send().await.unwrap();
    assert!(page.headers().contains_key("strict-transport-security"));
}

#[tokio::test]
async fn a_reset_hands_out_a_new_password_and_ends_everything() {
    let gateway = Gateway::start().await;
    let officer = gateway.officer("officer").await;
    let token = gateway.officer_token("officer").await;
    let accounts = gateway.state.accounts();
    let password = accounts.reset(officer, true).await.unwrap();
    let password = secrecy::ExposeSecret::expose_secret(&password).to_owned();
    assert_eq!(gateway.get("/api/v1/account", &token).await.status(), 401);
    assert_eq!(
        gateway.sign_in("officer", PASSWORD, None).await.status(),
        401
    );
    // The authenticator is gone too: it is enrolled anew in the browser.
    assert_eq!(
        gateway.sign_in("officer", &password, None).await.status(),
        403
    );
}
