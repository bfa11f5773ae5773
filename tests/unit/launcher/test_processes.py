from tribureau.launcher.processes import environment_for_child


def test_a_child_gets_what_it_needs_and_no_more() -> None:
    caller = {
        "PATH": "/bin",
        "LANG": "C.UTF-8",
        "SSH_AUTH_SOCK": "/tmp/agent",
        "AWS_SECRET_ACCESS_KEY": "hush",
        "PYTHONPATH": "/elsewhere",
        "TRIBUREAU_LOG_LEVEL": "debug",
        "TRIBUREAU_DATABASE_URL": "postgresql://postgres:hush@db/postgres",
    }

    assert environment_for_child(caller, {"TRIBUREAU_PORT": "8001"}) == {
        "PATH": "/bin",
        "LANG": "C.UTF-8",
        "TRIBUREAU_LOG_LEVEL": "debug",
        "TRIBUREAU_PORT": "8001",
    }
