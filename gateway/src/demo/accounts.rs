//! The published accounts: people of 竹山县 and 通山县 and of three marriage halls who do not
//! exist.

use yiwang_chassis::identity::Role;

/// The password of every demo account.
pub const PASSWORD: &str = "zhushan-demo-2026";

/// A published account.
#[derive(Debug)]
pub struct DemoAccount {
    /// Login name.
    pub login: &'static str,
    /// Name.
    pub name: &'static str,
    /// ID number with a right check digit; serial numbers that nobody has.
    pub id_number: &'static str,
    /// Phone, for citizens.
    pub phone: &'static str,
    /// Who that is, in words.
    pub label: &'static str,
    /// Roles and divisions; none for citizens.
    pub grants: &'static [(Role, &'static str)],
}

/// All published accounts. 420323 is 竹山县, 420323100 its 城关镇; 421202 is 咸安区 and
/// 640302 利通区, whose halls marry people from anywhere; 421224 is 通山县, with a funeral home
/// and cemeteries; 610902 is 汉滨区, which has a rescue station as 咸安区 has; 420323100202 is
/// 虎山村 of 城关镇, whose children somebody looks after.
pub const ACCOUNTS: [DemoAccount; 45] = [
    citizen("citizen", "张建国", "420323197805121012", "13800000001"),
    citizen("citizen2", "王秀兰", "420323196812032013", "13800000002"),
    staff(
        "clerk",
        "刘敏",
        "420323199002281070",
        "城关镇窗口人员",
        &[(Role::Clerk, "420323100")],
    ),
    staff(
        "township",
        "陈志强",
        "42032319850304102X",
        "城关镇经办人员",
        &[(Role::TownshipOfficer, "420323100")],
    ),
    staff(
        "township2",
        "李晓燕",
        "420323198807201037",
        "城关镇第二经办人员",
        &[(Role::TownshipOfficer, "420323100")],
    ),
    staff(
        "county",
        "周立新",
        "420323197909181044",
        "竹山县民政局工作人员",
        &[(Role::CountyOfficer, "420323")],
    ),
    staff(
        "approver",
        "吴国平",
        "420323197601151068",
        "竹山县民政局审批人员",
        &[(Role::Approver, "420323")],
    ),
    staff(
        "check",
        "郑海波",
        "420323198206061059",
        "竹山县核对中心",
        &[(Role::CheckCentre, "420323")],
    ),
    staff(
        "auditor",
        "孙文静",
        "420323198711111088",
        "竹山县审计人员",
        &[(Role::Auditor, "420323")],
    ),
    staff(
        "security",
        "马俊",
        "420323198304251091",
        "安全管理员",
        &[(Role::SecurityAdmin, "420323")],
    ),
    staff(
        "system",
        "朱海燕",
        "42032319850101110X",
        "系统管理员",
        &[(Role::SystemAdmin, "420323")],
    ),
    staff(
        "township3",
        "高磊",
        "420323198602021112",
        "溢水镇经办人员",
        &[(Role::TownshipOfficer, "420323101")],
    ),
    staff(
        "prefecture",
        "林涛",
        "42030219810303112X",
        "十堰市民政局工作人员",
        &[(Role::CountyOfficer, "420300")],
    ),
    citizen("groom", "程远航", "42032319980512129X", "13800000003"),
    citizen("bride", "马晓兰", "640302199907161283", "13800000004"),
    staff(
        "hall1",
        "孙丽",
        "421202199003151204",
        "咸安区婚姻登记员",
        &[(Role::Clerk, "421202")],
    ),
    staff(
        "hall1b",
        "徐静",
        "421202198807111262",
        "咸安区第二婚姻登记员",
        &[(Role::Clerk, "421202")],
    ),
    staff(
        "hall1a",
        "何志远",
        "421202197804251273",
        "咸安区民政局审批人员",
        &[(Role::Approver, "421202")],
    ),
    staff(
        "hall1c",
        "周晓梅",
        "421202198509131281",
        "咸安区民政局工作人员",
        &[(Role::CountyOfficer, "421202")],
    ),
    staff(
        "hall2",
        "马兰",
        "640302199106121222",
        "利通区婚姻登记员",
        &[(Role::Clerk, "640302")],
    ),
    staff(
        "hall3",
        "杨柳",
        "420323198909211244",
        "竹山县婚姻登记员",
        &[(Role::Clerk, "420323")],
    ),
    citizen("family", "张伟", "421224197203041375", "13800000005"),
    staff(
        "funeral1",
        "王建军",
        "421224198506121318",
        "通山县殡仪馆、公墓工作人员",
        &[(Role::Funeral, "421224")],
    ),
    staff(
        "funeral2",
        "周慧",
        "42122419880923132X",
        "通山县殡仪馆、公墓第二工作人员",
        &[(Role::Funeral, "421224")],
    ),
    staff(
        "funeral3",
        "黄志强",
        "42032319861105133X",
        "竹山县殡仪馆、公墓工作人员",
        &[(Role::Funeral, "420323")],
    ),
    staff(
        "burial",
        "赵敏",
        "42122419800417134X",
        "通山县民政局殡葬工作人员",
        &[(Role::CountyOfficer, "421224")],
    ),
    staff(
        "burialb",
        "郑华",
        "421224197508261352",
        "通山县民政局殡葬审批人员",
        &[(Role::Approver, "421224")],
    ),
    staff(
        "township4",
        "阮成林",
        "421224199006151371",
        "通羊镇经办人员",
        &[(Role::TownshipOfficer, "421224100")],
    ),
    staff(
        "rescue1",
        "刘春生",
        "421202198403161378",
        "咸宁市救助管理站工作人员",
        &[(Role::Station, "421202")],
    ),
    staff(
        "rescue2",
        "杨秀梅",
        "421202199009221381",
        "咸宁市救助管理站第二工作人员",
        &[(Role::Station, "421202")],
    ),
    staff(
        "rescue3",
        "陈建民",
        "610902198705051396",
        "汉滨区救助管理站工作人员",
        &[(Role::Station, "610902")],
    ),
    staff(
        "township5",
        "罗小琴",
        "610902198905141425",
        "五里镇经办人员",
        &[(Role::TownshipOfficer, "610902104")],
    ),
    staff(
        "rescuec",
        "许丽华",
        "421202197908181409",
        "咸安区民政局救助工作人员",
        &[(Role::CountyOfficer, "421202")],
    ),
    staff(
        "child1",
        "李秀英",
        "420323198403161446",
        "虎山村儿童主任",
        &[(Role::ChildWorker, "420323100202")],
    ),
    staff(
        "child1b",
        "王桂芳",
        "420323198709251460",
        "窑沟村儿童主任",
        &[(Role::ChildWorker, "420323100201")],
    ),
    staff(
        "childs",
        "赵海燕",
        "420323198906181481",
        "城关镇儿童督导员",
        &[(Role::ChildSupervisor, "420323100")],
    ),
    staff(
        "childc",
        "许文清",
        "42032319820411150X",
        "竹山县民政局儿童福利和未成年人保护工作人员",
        &[(Role::ChildCounty, "420323")],
    ),
    staff(
        "childc2",
        "方志明",
        "420323197812071519",
        "竹山县民政局第二儿童福利和未成年人保护工作人员",
        &[(Role::ChildCounty, "420323")],
    ),
    staff(
        "childcentre",
        "田晓燕",
        "420323198607231522",
        "竹山县未成年人救助保护中心工作人员",
        &[(Role::ChildCentre, "420323")],
    ),
    staff(
        "childcentre2",
        "汪晓敏",
        "420323199005121646",
        "竹山县未成年人救助保护中心第二工作人员",
        &[(Role::ChildCentre, "420323")],
    ),
    staff(
        "welfare",
        "郭丽萍",
        "420323198305191545",
        "竹山县儿童福利院工作人员",
        &[(Role::WelfareHome, "420323")],
    ),
    citizen("grandmother", "陈桂兰", "420323195802141561", "13800000006"),
    citizen("adopter", "韩志远", "420323198605171570", "13800000007"),
    citizen("adopter2", "沈静", "420323198811031587", "13800000008"),
    citizen("teacher", "叶红梅", "420323199208281607", "13800000009"),
];

const fn citizen(
    login: &'static str,
    name: &'static str,
    id_number: &'static str,
    phone: &'static str,
) -> DemoAccount {
    DemoAccount {
        login,
        name,
        id_number,
        phone,
        label: "群众",
        grants: &[],
    }
}

const fn staff(
    login: &'static str,
    name: &'static str,
    id_number: &'static str,
    label: &'static str,
    grants: &'static [(Role, &'static str)],
) -> DemoAccount {
    DemoAccount {
        login,
        name,
        id_number,
        phone: "",
        label,
        grants,
    }
}
