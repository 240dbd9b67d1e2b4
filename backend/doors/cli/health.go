package cli

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"packbench/backend/core/health"
)

// courierHealth tells what the process that holds the folder kept last: this one has asked nobody yet.
func (t *terminal) courierHealth() *cobra.Command {
	return &cobra.Command{
		Use: "health", Short: "how couriers answered last, as the window or serve kept it", Args: noArgs,
		RunE: t.on(func(ctx context.Context, s *Services, _ []string) error {
			list, err := s.Health.Last(ctx)
			if err != nil {
				return err
			}
			rows := [][]string{}
			for _, r := range list {
				rows = append(rows, []string{
					string(r.Courier), r.Company, r.Account, authView{Testing: r.Testing}.mode(), healthWord(r), when(r.LastSuccessMs), when(r.LastFailureMs), when(r.KeptMs), r.LastFailure,
				})
			}
			return t.print(list, func(w io.Writer) {
				table(w, "No courier was asked yet. The window and packbench serve keep how they answer; packbench auth test asks one now.",
					[]string{"COURIER", "COMPANY", "ACCOUNT", "MODE", "STATE", "LAST SUCCESS", "LAST FAILURE", "AS OF", "WHY"}, rows)
			})
		}),
	}
}

func healthWord(r health.Report) string {
	switch r.State {
	case health.Answering:
		return "answering"
	case health.Failing:
		return "slow or failing"
	}
	return fmt.Sprintf("not answering since %s", when(r.SinceMs))
}
