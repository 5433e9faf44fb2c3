"""shorter scales: questions for 0 to 3 and for 1 to 7."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

EXPECTS = ("yes_no", "done", "scale_0_10", "scale_0_3", "scale_1_7", "minutes", "text", "time")


def upgrade() -> None:
    with op.batch_alter_table("question", schema=None) as batch_op:  # a check constraint learns words
        batch_op.drop_constraint(op.f("ck_question_expects"), type_="check")
        batch_op.create_check_constraint(op.f("ck_question_expects"), f"expects IN ({', '.join(map(repr, EXPECTS))})")
