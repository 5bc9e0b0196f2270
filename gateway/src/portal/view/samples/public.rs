//! Pages for everybody.

use askama::Template;

use super::{citizen::mine, data::*};
use crate::portal::view::{
    Section, Trouble,
    demo::Demo,
    entry::{self, Account, Code, DemoAccount, Device, Enrol, Entry, Login, Register},
    notice::{NoticePage, Notices},
    public::{self, GuidePage, Help, Home, Items},
};

pub(super) fn entry_pages() -> Vec<(&'static str, String)> {
    let account = |label: &str, login: &str, code: &str| DemoAccount {
        label: label.into(),
        login: login.into(),
        password: "zhushan-demo-2026".into(),
        code: code.into(),
    };
    let login = Login {
        chrome: chrome("登录", Section::None, ""),
        problems: vec![Trouble::at("login", "账号或密码不对，请再试一次。")],
        csrf: "token".into(),
        next: "/my".into(),
        carry: Some("members.0.name=x".into()),
        carries: true,
        login: "citizen".into(),
        register_link: "/register".into(),
        demo_accounts: vec![
            account("群众 张建国", "citizen", ""),
            account("城关镇经办人员 陈志强", "township", "123456"),
        ],
    };
    let mut fields = Entry::all();
    (fields[1].error, fields[1].value) = ("身份证号码应为18位。".into(), "42032".into());
    let register = Register {
        chrome: chrome("注册", Section::None, ""),
        problems: vec![Trouble::at("id_number", "身份证号码应为18位。")],
        csrf: "token".into(),
        next: "/".into(),
        fields,
    };
    let code = Code {
        chrome: chrome("再填一个验证码", Section::None, ""),
        problems: vec![],
        csrf: "token".into(),
        hidden: vec![("ticket", "t".into())],
        demo_codes: vec![("township".into(), "123456".into())],
    };
    let enrol = Enrol {
        chrome: chrome("启用动态验证码", Section::None, "citizen"),
        problems: vec![],
        csrf: "token".into(),
        reason: "",
        secret_grouped: entry::grouped("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
        uri: "otpauth://totp/x".into(),
        action: "/account/totp",
        hidden: vec![],
    };
    let device = |device: &str, current| Device {
        id: "s".into(),
        device: device.into(),
        created: "2026年5月12日 09:00".into(),
        seen: "2026年5月12日 14:30".into(),
        current,
    };
    let account = Account {
        chrome: chrome("我的账号", Section::None, "citizen"),
        problems: vec![],
        told: "那台设备已经退出。",
        csrf: "token".into(),
        login: "citizen".into(),
        name: "张建国".into(),
        rows: vec![
            ("登录名", "citizen".into()),
            ("身份证号", "420323********1012".into()),
        ],
        totp: false,
        texts: Some(true),
        sessions: vec![
            device("Chrome（Android）", true),
            device("Firefox（Windows）", false),
        ],
    };
    vec![
        ("login", login.render().unwrap()),
        ("register", register.render().unwrap()),
        ("code", code.render().unwrap()),
        ("enrol", enrol.render().unwrap()),
        ("account", account.render().unwrap()),
    ]
}

pub(super) fn public_pages() -> Vec<(&'static str, String)> {
    let items = [item()];
    let home = Home {
        chrome: chrome("首页", Section::Home, "citizen"),
        drafts: mine().drafts,
        services: public::service_cards(&items),
        one_things: crate::one_thing::definitions::for_anybody(),
        notices: vec![notice()],
    };
    let list = Items {
        chrome: chrome("能办什么事", Section::Items, ""),
        query: "低保".into(),
        items: public::find_items(&items, "低保"),
    };
    let guide = GuidePage::new(chrome("最低生活保障", Section::Items, ""), item(), false);
    let help = Help {
        chrome: chrome("使用帮助", Section::Help, "staff"),
        staff: true,
    };
    let notices = Notices {
        chrome: chrome("公示", Section::Notices, ""),
        place: "竹山县".into(),
        told: "湖北省十堰市竹山县的公示".into(),
        notices: vec![notice(), notice()],
        next: "/notices?cursor=x".into(),
    };
    let mut one = NoticePage::new(
        chrome("城关镇最低生活保障初审公示", Section::Notices, ""),
        notice(),
        "token".into(),
        "key".into(),
    );
    one.problems = vec![Trouble::at("content", "请写下您了解的情况。")];
    one.content = EVIL.into();
    let demo = Demo {
        chrome: chrome("调整演示日期", Section::None, ""),
        told: "演示时钟只能向前拨。".into(),
        wrong: true,
        csrf: "token".into(),
        now: "2026年5月12日 14:30".into(),
        weekday: "星期二",
        working: true,
        example: "2026-06-01".into(),
        set: String::new(),
    };
    vec![
        ("home", home.render().unwrap()),
        ("items", list.render().unwrap()),
        ("guide", guide.render().unwrap()),
        ("help", help.render().unwrap()),
        ("notices", notices.render().unwrap()),
        ("notice", one.render().unwrap()),
        ("demo", demo.render().unwrap()),
    ]
}
