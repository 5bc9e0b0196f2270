//! The code lists of protection (rules B4.3 to B4.6).

yiwang_casework::code_list! {
    /// Why a report must be made (强制报告意见 4; rules B4.3).
    Ground {
        PrivateInjury = "1", "生殖器官或者隐私部位受伤";
        SexualUnder14 = "2", "不满十四周岁的女孩遭受或者疑似遭受性侵害、怀孕、流产";
        SexualOver14 = "3", "十四周岁以上的女孩因疑似性侵害怀孕、流产";
        Injuries = "4", "身体多处受伤、严重营养不良、昏迷，疑似受到暴力、欺凌、麻醉";
        DeathOrDisability = "5", "因自杀、自残、工伤、中毒、吸毒、被打等伤残、死亡";
        Abandoned = "6", "被遗弃或者长期无人照料";
        UnknownOrTrafficked = "7", "来源不明、失踪、被拐卖、被收买";
        Begging = "8", "被组织乞讨";
        Other = "9", "其他严重侵害或者面临危险";
    }
}

yiwang_casework::code_list! {
    /// Who reports.
    ReporterKind {
        School = "school", "学校、幼儿园、培训机构";
        Hospital = "hospital", "医院、诊所";
        Hotel = "hotel", "旅馆、宾馆、娱乐场所";
        Village = "village", "居民委员会、村民委员会";
        Organ = "organ", "国家机关、社会组织";
        Relative = "relative", "亲属";
        Neighbour = "neighbour", "邻居、群众";
        Child = "child", "儿童本人、同学";
        Other = "other", "其他";
    }
}

yiwang_casework::code_list! {
    /// Through which door a report came.
    Channel {
        Page = "page", "网上报告";
        Counter = "counter", "工作人员登记";
        Hotline = "hotline", "热线电话";
        Rescue = "rescue", "救助管理站";
        Transferred = "transferred", "其他地方移送";
    }
}

yiwang_casework::code_list! {
    /// How dangerous it is for the child.
    Risk {
        Low = "low", "低";
        Medium = "medium", "中";
        High = "high", "高";
        Urgent = "urgent", "紧急";
    }
}

yiwang_casework::code_list! {
    /// What is done in an emergency (国发〔2016〕13号 四(二); rules B2.7).
    EmergencyStep {
        ParentsBack = "parents_back", "责令父母返回或者委托照护人";
        Relatives = "relatives", "联系父母、近亲属、居民委员会、村民委员会";
        Search = "search", "查找失踪儿童";
        StopViolence = "stop_violence", "制止家庭暴力";
        Shelter = "shelter", "临时庇护";
        Hospital = "hospital", "送医";
        Evidence = "evidence", "伤情鉴定、固定证据";
        Other = "other", "其他";
    }
}

yiwang_casework::code_list! {
    /// Result of the assessment of guardianship (湖北省地方标准2023; rules B4.4).
    CareLevel {
        Absent = "absent", "监护缺失";
        Improper = "improper", "监护失当";
        Insufficient = "insufficient", "监护不足";
        Normal = "normal", "监护正常";
    }
}

yiwang_casework::code_list! {
    /// Help after the assessment (rules B2.7, B4.8).
    Help {
        Guidance = "guidance", "监护指导、家庭教育指导";
        Medical = "medical", "医疗救治";
        Psychology = "psychology", "心理疏导";
        Correction = "correction", "行为矫治";
        Legal = "legal", "法律服务、法律援助";
        Aid = "aid", "社会救助";
        Education = "education", "教育帮助";
        DayCare = "day_care", "临时照料";
    }
}

yiwang_casework::code_list! {
    /// A step against guardians (rules B2.7, B4.8).
    Intervention {
        Admonition = "admonition", "居民委员会、村民委员会劝诫、制止";
        Warning = "warning", "公安机关训诫、告诫书";
        FamilyEducation = "family_education", "家庭教育指导令";
        Punishment = "punishment", "治安管理处罚、刑事立案";
    }
}

yiwang_casework::code_list! {
    /// Ground of removing a guardian (关于依法处理监护人侵害未成年人权益行为若干问题的意见 35; rules B4.5).
    RemovalGround {
        GraveHarm = "1", "性侵害、出卖、遗弃、虐待、暴力伤害未成年人，严重损害身心健康";
        Danger = "2", "将未成年人置于无人监管和照看的状态，面临死亡或者严重伤害危险，经教育不改";
        Refuses = "3", "拒不履行监护职责长达六个月以上，导致未成年人流离失所或者生活无着";
        Unable = "4", "有吸毒、赌博、长期酗酒等恶习或者服刑，又拒绝委托，致使未成年人处于困境或者危险";
        Begging = "5", "胁迫、诱骗、利用未成年人乞讨，经批评教育拒不悔改，严重影响生活和学习";
        Crime = "6", "教唆、利用未成年人违法犯罪，情节恶劣";
        Other = "7", "其他严重侵害未成年人合法权益的行为";
    }
}

yiwang_casework::code_list! {
    /// Who brings the suit for removal (民法典 36).
    Plaintiff {
        Person = "person", "其他依法具有监护资格的人";
        Unit = "unit", "居民委员会、村民委员会、学校、医院、妇联等";
        Civil = "civil", "民政部门";
    }
}

yiwang_casework::code_list! {
    /// Ground of temporary guardianship (未成年人保护法 92; rules B4.6).
    TemporaryGround {
        Wandering = "1", "流浪乞讨或者身份不明，暂时查找不到父母或者其他监护人";
        GuardianMissing = "2", "监护人下落不明且无其他人可以担任监护人";
        GuardianUnable = "3", "监护人因自身客观原因或者自然灾害、公共卫生事件等不能履行监护职责，导致监护缺失";
        Refuses = "4", "监护人拒绝或者怠于履行监护职责，导致处于无人照料的状态";
        Crime = "5", "监护人教唆、利用实施违法犯罪行为，需要被带离安置";
        Harm = "6", "遭受监护人严重伤害或者面临人身安全威胁，需要被紧急安置";
        Other = "7", "法律规定的其他情形";
    }
}

yiwang_casework::code_list! {
    /// Ground of long-term guardianship (未成年人保护法 94; rules B2.9).
    LongGround {
        NotFound = "1", "查找不到父母或者其他监护人";
        Dead = "2", "监护人死亡或者被宣告死亡且无其他人可以担任监护人";
        Incapable = "3", "监护人丧失监护能力且无其他人可以担任监护人";
        Removed = "4", "法院判决撤销监护人资格并指定由民政部门担任监护人";
        Other = "5", "法律规定的其他情形";
    }
}

yiwang_casework::code_list! {
    /// Where a child under guardianship of civil affairs lives (未成年人保护法 93, 96).
    PlaceKind {
        Relative = "relative", "委托亲属抚养";
        Foster = "foster", "家庭寄养";
        Centre = "centre", "未成年人救助保护机构";
        Home = "home", "儿童福利机构";
    }
}

yiwang_casework::code_list! {
    /// Why a children's home takes a child under temporary guardianship (儿童福利机构管理办法2026).
    HomeReason {
        Found = "found", "被遗弃、被拐卖，正在查找父母";
        NoCentre = "no_centre", "本地没有未成年人救助保护机构";
        NeedsCare = "needs_care", "婴幼儿、残疾儿童，救助保护机构没有照料条件";
    }
}

yiwang_casework::code_list! {
    /// Whether the child was heard (未成年人保护法 4、19).
    Heard {
        Said = "said", "已听取";
        TooYoung = "too_young", "年幼，还不能表达";
        Unable = "unable", "因伤病、失联等不能听取";
    }
}

yiwang_casework::code_list! {
    /// Why a court normally does not give guardianship back (意见 40; rules B2.9).
    Grave {
        None = "none", "没有";
        SexualOrSale = "sexual_or_sale", "性侵害、出卖未成年人";
        Maltreatment = "maltreatment", "虐待、遗弃六个月以上或者多次，造成重伤等严重后果";
        FiveYears = "five_years", "因监护侵害行为被判处五年以上有期徒刑";
    }
}

yiwang_casework::code_list! {
    /// Who becomes guardian instead (民法典 27、31).
    GuardianBy {
        Law = "law", "依法定顺序";
        Agreement = "agreement", "协议确定";
        Named = "named", "居民委员会、村民委员会或者民政部门指定";
        Court = "court", "人民法院指定";
    }
}

yiwang_casework::code_list! {
    /// Who somebody around the child is.
    Around {
        Father = "father", "父亲";
        Mother = "mother", "母亲";
        Grandparent = "grandparent", "祖父母、外祖父母";
        Sibling = "sibling", "兄弟姐妹";
        Relative = "relative", "其他亲属";
        Carer = "carer", "照护人";
        Teacher = "teacher", "教师";
        Other = "other", "其他人";
    }
}

yiwang_casework::code_list! {
    /// What is done for a child in care (未成年人救助保护机构管理办法2026).
    Care {
        Health = "health", "健康检查、治疗";
        Search = "search", "查找父母和其他监护人";
        Education = "education", "入学、学习";
        Psychology = "psychology", "心理关爱";
        Contact = "contact", "与亲属见面、联系";
        Household = "household", "落户（集体户口）";
    }
}
