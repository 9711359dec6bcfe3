"""The health page answers to anybody, and asks nothing of the database."""


def test_the_process_answers(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        reponse = client.get("/sante/")

    assert (reponse.status_code, reponse.text) == (200, "ok")


def test_it_says_nothing_more(client):
    assert client.post("/sante/").status_code == 405
