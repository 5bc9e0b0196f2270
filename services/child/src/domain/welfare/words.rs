//! Code lists of files (rules B4.1, B4.2, B4.8).

yiwang_casework::code_list! {
    /// Whose file it is.
    Kind {
        Hardship = "hardship", "困境儿童";
        LeftBehind = "left_behind", "留守儿童";
        Migrant = "migrant", "流动儿童";
    }
}

yiwang_casework::code_list! {
    /// 困境 categories (国发〔2016〕36号; K1 to K3).
    Need {
        Living = "k1_living", "家庭贫困：生活困难";
        Medical = "k1_medical", "家庭贫困：就医困难";
        Schooling = "k1_schooling", "家庭贫困：就学困难";
        Rehabilitation = "k2_rehabilitation", "自身残疾、重病：康复困难";
        Care = "k2_care", "自身残疾、重病：照料困难";
        Inclusion = "k2_inclusion", "自身残疾、重病：社会融入困难";
        Unguarded = "k3_unguarded", "监护缺失或者监护不当";
        Abused = "k3_abused", "遭受虐待";
        Abandoned = "k3_abandoned", "遭受遗弃";
        Injured = "k3_injured", "意外伤害";
        Violated = "k3_violated", "不法侵害";
    }
}

yiwang_casework::code_list! {
    /// What lies over the categories.
    Overlay {
        Orphan = "orphan", "孤儿";
        Unattended = "unattended", "事实无人抚养";
        Aids = "aids", "艾滋病病毒感染";
        Wandering = "wandering", "流浪";
        LeftBehind = "left_behind", "留守";
        Migrant = "migrant", "流动";
        DroppedOut = "dropped_out", "辍学";
        NoHousehold = "no_household", "无户籍";
        Detained = "detained", "服刑、戒毒人员子女";
        Returned = "returned", "流浪救助返回";
    }
}

yiwang_casework::code_list! {
    /// Risk level.
    Level {
        High = "high", "高风险";
        Middle = "middle", "中风险";
        Low = "low", "低风险";
    }
}

yiwang_casework::code_list! {
    /// Who is guardian in fact.
    Guardianship {
        Parents = "parents", "父母";
        Grandparents = "grandparents", "祖辈";
        Relatives = "relatives", "其他亲属";
        Institution = "institution", "机构";
        CivilAffairs = "civil_affairs", "民政部门";
        Nobody = "nobody", "没有人";
    }
}

yiwang_casework::code_list! {
    /// With whom the child lives.
    Living {
        Guardian = "guardian", "和监护人、受托人一起生活";
        Relatives = "relatives", "和其他亲属一起生活";
        School = "school", "住校，放假有人照护";
        Institution = "institution", "在机构生活";
        Unattended = "unattended", "常常无人看护";
        Alone = "alone", "独自生活";
    }
}

yiwang_casework::code_list! {
    /// Services (rules B4.8).
    Service {
        Guidance = "guidance", "监护指导";
        Mind = "mind", "心理疏导";
        Behaviour = "behaviour", "行为矫治";
        LegalAid = "legal_aid", "法律援助";
        Medical = "medical", "医疗救治、康复";
        Education = "education", "教育帮扶";
        Care = "care", "临时照料";
        Aid = "aid", "社会救助、福利政策落实";
        Household = "household", "落实户籍";
        Companion = "companion", "陪伴、课后活动";
    }
}

yiwang_casework::code_list! {
    /// Why a file ends.
    EndReason {
        ParentsBack = "parents_back", "父母返乡照护";
        Solved = "solved", "困境已经解除";
        NotMeant = "not_meant", "核实不属于关爱服务对象";
        Returned = "returned", "已经返回户籍地";
    }
}
